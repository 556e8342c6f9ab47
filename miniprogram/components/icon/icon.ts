/** An icon of this mini-program's own; `name` is one of the classes in icon.wxss. It is decoration: words stand beside it. */
Component({
  properties: {
    name: { type: String, value: '' },
    /** A CSS length. */
    size: { type: String, value: '40rpx' },
  },
});
