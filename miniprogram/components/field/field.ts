/** Something to be typed, with its name, what helps, and what is wrong with it. Tells `change` with the value. */
Component({
  properties: {
    label: { type: String, value: '' },
    hint: { type: String, value: '' },
    value: { type: String, value: '' },
    fault: { type: String, value: '' },
    /** The most characters. */
    max: { type: Number, value: 60 },
    /** Whether it takes several lines. */
    long: { type: Boolean, value: false },
  },
  methods: {
    onInput({ detail }: WechatMiniprogram.Input) {
      this.triggerEvent('change', { value: detail.value });
    },
  },
});
