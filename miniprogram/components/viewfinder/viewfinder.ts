import { choosePicture, openCameraSettings, takePicture, type Picture } from '../../services/pictures';
import { viewfinderWords } from './words';

type State = 'starting' | 'live' | 'preview' | 'denied' | 'failed';

/**
 * A camera with a frame for a card or a face, the picture that it took, and ways out where there is no camera. Tells `taken` with the
 * picture's temporary file once the user has chosen to use it.
 */
Component({
  properties: {
    /** card or face. */
    frame: { type: String, value: 'card' },
    hint: { type: String, value: '' },
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
