export const findBrowser: () => string;
