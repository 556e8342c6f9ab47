/** Where there is nothing to show: why, and in the slot what to do. */
Component({
  properties: {
    icon: { type: String, value: 'info' },
    title: { type: String, value: '' },
    text: { type: String, value: '' },
  },
});
