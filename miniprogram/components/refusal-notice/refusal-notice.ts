/** A refusal with what narrows it down and what to do next (`ToldRefusal` of presenters/refusal). Tells `next`, `leave` and `other`. */
Component({
  properties: {
    told: { type: Object },
    /** The other way; empty for none. */
    leaveName: { type: String, value: '' },
    /** A way that stands in the place of leaving; empty for none. */
    otherName: { type: String, value: '' },
  },
  methods: {
    onNext() {
      this.triggerEvent('next');
    },
    onLeave() {
      this.triggerEvent(this.data.otherName ? 'other' : 'leave');
    },
  },
});
