/**
 * A line that leads somewhere, as wide as the sheet that it stands on. One that is closed stays in its place, and its note says why.
 * Tells `open`.
 */
Component({
  properties: {
    icon: { type: String, value: '' },
    title: { type: String, value: '' },
    /** What it is for; empty for nothing. */
    note: { type: String, value: '' },
    /** A word that marks the line. */
    mark: { type: String, value: '' },
    /** Whether its icon stands back behind others. */
    quiet: { type: Boolean, value: false },
    /** Whether something is missing for it; it leads to that, and its note says so. */
    isHindered: { type: Boolean, value: false },
    isOpen: { type: Boolean, value: true },
    busy: { type: Boolean, value: false },
  },
  methods: {
    onTap() {
      if (this.data.isOpen && !this.data.busy) this.triggerEvent('open');
    },
  },
});
