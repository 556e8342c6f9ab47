import { givePhone, offer, type FakePhone } from './fake-wx';
import { openPage, startScreens, type OpenPage } from './open-page';
import { refused } from './replies';

/** A phone of an operator's, and what its pages have asked: the service, and the operator. */
export interface OperatorPhone {
  readonly phone: FakePhone;
  /** Answers each action with its reply; every other one with `not_permitted`. */
  readonly serve: (replies: Readonly<Record<string, unknown>>) => void;
  /** What was sent of an action. */
  readonly sent: (action: string) => Readonly<Record<string, unknown>>[];
  /** The questions that were put. */
  readonly asked: { readonly title: string; readonly content: string }[];
  /** Whether the operator says yes to them. */
  isAgreed: boolean;
  /** The pictures in the phone's memory. */
  readonly remembered: Map<string, Uint8Array>;
}

/** Gives an operator a phone, with pages loaded anew. */
export const giveOperatorPhone = (): OperatorPhone => {
  const phone = givePhone();
  startScreens();
  const remembered = new Map<string, Uint8Array>();
  const given: OperatorPhone = {
    phone,
    serve: (replies) => {
      phone.answer = ({ data }) => replies[String(data['action'])] ?? refused('not_permitted');
    },
    sent: (action) => phone.calls.flatMap(({ data }) => (data['action'] === action ? [data] : [])),
    asked: [],
    isAgreed: true,
    remembered,
  };
  offer({
    showModal: (question: { readonly title: string; readonly content: string }) => {
      given.asked.push(question);
      return Promise.resolve({ confirm: given.isAgreed });
    },
    showToast: () => undefined,
    pageScrollTo: () => undefined,
    createBufferURL: (bytes: Uint8Array) => {
      const address = `buffer-${String(remembered.size)}`;
      remembered.set(address, bytes);
      return address;
    },
    revokeBufferURL: (address: string) => remembered.delete(address),
  });
  return given;
};

/** Opens a page of the console. */
export const openConsole = async (page: string, query: object = {}): Promise<OpenPage> => {
  const opened = openPage(`packages/operator/${page}/${page}`);
  await opened.tell('onLoad', query);
  return opened;
};

/** Events as the pages hear them. */
export const tapped = (dataset: object) => ({ currentTarget: { dataset } });
export const chosen = (id: string) => ({ detail: { id } });
export const typed = (value: string) => ({ detail: { value } });
