import { codeSymbol } from '../../../presenters/code-symbol';
import { staffRoleName } from '../../../presenters/partner-names';
import { showMoment } from '../../../presenters/staff';
import { say } from '../../../services/dialogs';
import { drawSymbol } from '../../../services/draw-symbol';
import { copyText, forgetInvitation, madeInvitation, type MadeInvitation } from '../../../services/invitation';
import { back, title } from '../../../services/routes';
import { showBrightly } from '../../../services/screen';
import { invitationWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = invitationWords[language];

Page({
  data: { words, until: '' },

  made: null as MadeInvitation | null,
  dim: null as Promise<() => Promise<void>> | null,

  async onLoad(): Promise<void> {
    title(words.barTitle);
    this.made = madeInvitation();
    if (!this.made) return back();
    this.setData({ until: showMoment(this.made.expiresAt, language) });
    await drawSymbol(this, codeSymbol(this.made.code));
  },

  onShow() {
    this.dim ??= showBrightly();
  },

  onHide(): Promise<void> {
    return this.rest();
  },

  onUnload(): Promise<void> {
    this.made = null;
    forgetInvitation();
    return this.rest();
  },

  async rest(): Promise<void> {
    const undo = await this.dim;
    this.dim = null;
    await undo?.();
  },

  async onCopy(): Promise<void> {
    const { made } = this;
    if (!made) return;
    const isCopied = await copyText(
      [words.invites, staffRoleName(made.role, language), words.how, made.code].join('\n'),
    );
    say(isCopied ? words.copied : words.notCopied);
  },

  onDone(): Promise<void> {
    return back();
  },
});
