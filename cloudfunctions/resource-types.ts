/** An index of a collection. A document that lacks every key of a sparse index is left out of it. */
export interface Index {
  readonly name: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique: boolean;
  readonly sparse: boolean;
}

export interface Collection {
  readonly name: string;
  readonly indexes: readonly Index[];
  /** What a client may do without a function; `none` for all that holds anything of a person. */
  readonly clientAccess: 'none' | 'read';
}

export interface CloudFunction {
  readonly name: string;
  readonly runtime: 'Nodejs20.19' | 'Nodejs22.21';
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Who may invoke it: the mini-program through WeChat, HTTP through a route, or another function of ours. */
  readonly invokedBy: readonly ('wechat' | 'http' | 'function' | 'timer')[];
  /** Names of the environment variables that it needs; the deployer and the local CloudBase refuse to start it without. */
  readonly environment: readonly string[];
  /** WeChat's server interfaces that it may call; uploaded as its `config.json`. Absent: none. */
  readonly openApis?: readonly string[];
}

/** An HTTP path prefix and the function that answers below it. */
export interface Route {
  readonly path: string;
  readonly function: string;
}

/** A function that is called again and again, with the timer's name in the event. */
export interface Timer {
  readonly name: string;
  readonly function: string;
  readonly everySeconds: number;
}

/** A folder of cloud storage and what the mini-program itself may do there. */
export interface StorageFolder {
  readonly prefix: string;
  readonly clientAccess: 'none' | 'upload';
  readonly maxBytes: number;
  /** After how many days storage itself deletes a file; absent: never. */
  readonly keptDays?: number;
}

/** Everything that an environment must have: the deployer applies it, the local CloudBase refuses whatever is not in it. */
export interface Resources {
  readonly collections: readonly Collection[];
  readonly functions: readonly CloudFunction[];
  readonly routes: readonly Route[];
  readonly timers: readonly Timer[];
  readonly storage: readonly StorageFolder[];
}
