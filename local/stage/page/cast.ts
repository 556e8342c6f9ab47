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
    /** Null of an owner, who works at none. */
    readonly terminal: string | null;
  }[];
  readonly operators: readonly {
    readonly openId: string;
    readonly role: 'reviewer' | 'counter' | 'partners' | 'security' | 'auditor';
    readonly at: 1 | 2 | 3;
  }[];
  readonly yourself: string;
}

export const loadCast = async (): Promise<Cast> => (await fetch('/people.json')).json() as Promise<Cast>;
