import { destroyedInWords, tellDeletion, type ToldDeletion } from '../../../presenters/deletion';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { deleteEverything } from '../../../services/deletion';
import { ask, say } from '../../../services/dialogs';
import { handOver, removeFile } from '../../../services/files';
import { back, isForProof, restartAt, title } from '../../../services/routes';
import { deletionWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = deletionWords[language];

const PROOF = 'deletion-proof.txt';

Page({
  data: {
    words,
    goes: destroyedInWords(language),
    state: 'start' as 'start' | 'working' | 'refused' | 'done',
    ticked: false,
    told: null as ToldRefusal | null,
    deletion: null as ToldDeletion | null,
  },

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    // Everything is deleted already: the first screen found no card.
    if (isForProof(query)) await this.order();
  },

  onUnload() {
    removeFile(PROOF);
  },

  onTick() {
    this.setData({ ticked: !this.data.ticked });
  },

  async onDelete(): Promise<void> {
    const asked = words.question;
    if (await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no })) await this.order();
  },

  /** The same order again where its answer was lost: nothing is deleted twice. */
  async order(): Promise<void> {
    this.setData({ state: 'working' });
    const called = await deleteEverything();
    this.setData(
      called.ok
        ? { state: 'done', deletion: tellDeletion(called.reply, language) }
        : { state: 'refused', told: tellRefusal(called.error, language) },
    );
  },

  async onKeep(): Promise<void> {
    const { deletion } = this.data;
    if (deletion && (await handOver(PROOF, deletion.file)) === 'failed') say(words.notHandedOver);
  },

  onNext(): Promise<void> {
    return this.data.told?.next === 'try-again' ? this.order() : this.onHome();
  },

  onHome(): Promise<void> {
    return restartAt({ page: 'home' });
  },

  onLeave(): Promise<void> {
    return back();
  },
});
