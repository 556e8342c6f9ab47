/** A refusal with what narrows it down and what to do next (`ToldRefusal` of presenters/refusal). Tells `next` and `leave`. */
Component({
  properties: {
    told: { type: Object },
    /** The other way; empty for none. */
    leaveName: { type: String, value: '' },
  },
  methods: {
    onNext() {
      this.triggerEvent('next');
    },
    onLeave() {
      this.triggerEvent('leave');
    },
  },
});
