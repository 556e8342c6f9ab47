import { choosePicture, openCameraSettings, takePicture, type Picture } from '../../services/pictures';
import { viewfinderWords } from './words';

type State = 'starting' | 'live' | 'preview' | 'denied' | 'failed';

/**
 * A camera with a frame for a card or a face, the picture that it took, and ways out where there is no camera. Tells `taken` with the
 * picture's temporary file once the user has chosen to use it, and `leave` where there is no camera and no picture may be chosen.
 */
Component({
  properties: {
    /** card or face. */
    frame: { type: String, value: 'card' },
    hint: { type: String, value: '' },
    /** Whether a picture of the album will do: none does for a face that is to be there now. */
    album: { type: Boolean, value: true },
    /** What the way out is called where no picture can be chosen. */
    leaveName: { type: String, value: '' },
  },
  data: {
    words: viewfinderWords[getApp<PhoneApp>().globalData.language],
    state: 'starting' as State,
    picture: '',
    busy: false,
    /** A camera that has failed is started anew by a new element. */
    attempt: 0,
  },
  methods: {
    onReady() {
      if (this.data.state === 'starting') this.setData({ state: 'live' });
    },
    onError({ detail }: WechatMiniprogram.CustomEvent<{ errMsg?: string }>) {
      const denied = /auth|deny|denied|permission/.test(detail.errMsg ?? '');
      this.setData({ state: denied ? 'denied' : 'failed' });
    },
    async onShutter() {
      if (this.data.busy || this.data.state !== 'live') return;
      this.setData({ busy: true });
      this.show(await takePicture());
    },
    async onChoose() {
      if (this.data.busy) return;
      this.setData({ busy: true });
      this.show(await choosePicture());
    },
    /** The way out where there is no camera. */
    async onOther() {
      if (this.data.album) await this.onChoose();
      else this.triggerEvent('leave');
    },
    show(picture: Picture) {
      this.setData({ busy: false });
      if (picture.ok) this.setData({ state: 'preview', picture: picture.file });
      else if (picture.because === 'denied') this.setData({ state: 'denied' });
      else if (picture.because === 'failed') this.setData({ state: 'failed' });
    },
    onRetake() {
      this.restart();
    },
    onUse() {
      this.triggerEvent('taken', { file: this.data.picture });
    },
    async onSettings() {
      if (await openCameraSettings()) this.restart();
    },
    restart() {
      this.setData({ state: 'starting', picture: '', attempt: this.data.attempt + 1 });
    },
  },
});
