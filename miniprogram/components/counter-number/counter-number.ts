/** A number that is read out at a counter, large, with what is left of its time. */
Component({
  properties: {
    /** `ShownNumber` of presenters/counter-number. */
    shown: { type: Object },
    title: { type: String, value: '' },
    leftName: { type: String, value: '' },
    over: { type: String, value: '' },
  },
});
