/** The bar at the foot of a page: what to do next, and at most one other way. Tells `primary` and `secondary`. */
Component({
  properties: {
    primary: { type: String, value: '' },
    secondary: { type: String, value: '' },
    disabled: { type: Boolean, value: false },
    busy: { type: Boolean, value: false },
    /** Colour of the primary action: primary, danger. */
    tone: { type: String, value: 'primary' },
  },
  methods: {
    onPrimary() {
      if (!this.data.disabled && !this.data.busy) this.triggerEvent('primary');
    },
    onSecondary() {
      if (!this.data.busy) this.triggerEvent('secondary');
    },
  },
});
