/** Who can be logged in on the phones: `/people.json`. */
export interface Cast {
  readonly people: readonly {
    readonly id: string;
    readonly openId: string;
    readonly name: { readonly zh: string; readonly en: string };
  }[];
  readonly staff: readonly {
    readonly openId: string;
    readonly shop: { readonly zh: string; readonly en: string };
    readonly terminal: string;
  }[];
  readonly yourself: string;
}

export const loadCast = async (): Promise<Cast> => (await fetch('/people.json')).json() as Promise<Cast>;
