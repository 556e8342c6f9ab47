type Wx = WechatMiniprogram.Wx;

/** Calls that are not members of `wx` itself, by the name that WeChat puts into their `errMsg`. */
interface Elsewhere {
  readonly 'cloud.callFunction': ICloud.CallFunctionParam;
  readonly 'cloud.uploadFile': ICloud.UploadFileParam;
  readonly operateCamera: WechatMiniprogram.TakePhotoOption;
  readonly writeFile: WechatMiniprogram.WriteFileOption;
  readonly unlink: WechatMiniprogram.UnlinkOption;
}

/** The names of WeChat's asynchronous calls, as `miniprogram-api-typings` has them. */
export type CallName =
  keyof Elsewhere | { [Name in keyof Wx]: Wx[Name] extends (option: never) => unknown ? Name : never }[keyof Wx];

/** What a call takes, its callbacks included. */
export type OptionOf<Name extends CallName> = Name extends keyof Elsewhere
  ? Elsewhere[Name]
  : Name extends keyof Wx
    ? Wx[Name] extends (...option: infer Options) => unknown
      ? NonNullable<Options[0]>
      : never
    : never;

type Success<Option> = Option extends { readonly success?: infer Callback }
  ? NonNullable<Callback> extends (result: infer Result) => unknown
    ? Result
    : never
  : never;

/** What a call gives, but for its `errMsg`. */
export type ResultOf<Name extends CallName> = Omit<Success<OptionOf<Name>>, 'errMsg'>;

/** Whatever an object offers under a name that `wx` has not. */
type Unknown<Offered> = Exclude<keyof Offered, keyof Wx>;

/** Holds the names of what is offered against those of `wx`. */
export const asWx = <Offered extends object>(offered: [Unknown<Offered>] extends [never] ? Offered : never): Offered =>
  offered;
