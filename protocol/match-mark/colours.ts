/**
 * Colours that two people can compare across a counter, with their names, since not everybody tells red from green. Each stands out
 * from a white and from a dark page (at least 3:1 against #FFFFFF and #191919; WCAG 2.2, 1.4.11). The index is part of the protocol.
 */
export const matchColours = [
  { zh: '红色', en: 'red', hex: '#E02B2B' },
  { zh: '橙色', en: 'orange', hex: '#D96B00' },
  { zh: '棕色', en: 'brown', hex: '#8F6042' },
  { zh: '绿色', en: 'green', hex: '#2B9348' },
  { zh: '蓝色', en: 'blue', hex: '#2A7DE1' },
  { zh: '紫色', en: 'purple', hex: '#8E4FD0' },
  { zh: '粉色', en: 'pink', hex: '#E8508F' },
  { zh: '灰色', en: 'grey', hex: '#808080' },
] as const;
