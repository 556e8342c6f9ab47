export declare const modelList: () => string[];
export declare const inputsHash: () => string;
export declare const isFresh: (inputs: string) => boolean;
export declare const noteBuilt: (inputs: string, files: readonly string[]) => void;
export const compiledHash: () => string;
export const noteCompiled: (hash: string) => void;
