export const modelList: () => string[];
export const inputsHash: () => string;
export const isFresh: (inputs: string) => boolean;
export const noteBuilt: (inputs: string, files: readonly string[]) => void;
export const compiledHash: () => string;
export const noteCompiled: (hash: string) => void;
