export declare const inputsHash: () => string;
export declare const isFresh: () => boolean;
export declare const noteBuilt: (inputs: string, files: readonly string[]) => void;
