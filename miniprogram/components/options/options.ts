/** Things of which one is chosen. Tells `choose` with the id of what was tapped. */
Component({
  properties: {
    label: { type: String, value: '' },
    /** Each with `id`, `name` and, if there is more to say, `text`. */
    items: { type: Array, value: [] as { id: string; name: string; text?: string }[] },
    /** The id of the one that is chosen. */
    chosen: { type: String, value: '' },
    fault: { type: String, value: '' },
    /** `lines` below one another; `beside` one another, where their names are short; `close` likewise, and close-set. */
    layout: { type: String, value: 'lines' as 'lines' | 'beside' | 'close' },
  },
  methods: {
    onTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.triggerEvent('choose', { id: String(currentTarget.dataset['id']) });
    },
  },
});
