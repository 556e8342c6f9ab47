import { said } from '../../presenters/said';

/** What the viewfinder says. */
export const viewfinderWords = said({
  zh: {
    shutter: '拍照',
    choose: '从相册选择',
    use: '使用这张',
    retake: '重拍',
    preview: '刚拍的照片',
    check: { card: '请确认内容清晰、完整、没有反光。', face: '请确认面部清晰、完整、光线均匀。' },
    troubles: {
      denied: {
        title: '没有摄像头权限',
        text: '您之前拒绝了使用摄像头，请在设置中允许。',
        orChoose: '您之前拒绝了使用摄像头。可以在设置中允许，或从相册选择照片。',
      },
      failed: {
        title: '摄像头打不开',
        text: '请关闭其他正在使用摄像头的程序后重试。',
        orChoose: '请关闭其他正在使用摄像头的程序后重试，或从相册选择照片。',
      },
    },
    openSettings: '去设置',
    retry: '重试',
    starting: '正在打开摄像头…',
  },
  en: {
    shutter: 'Take the picture',
    choose: 'Choose from album',
    use: 'Use this picture',
    retake: 'Retake',
    preview: 'The picture just taken',
    check: {
      card: 'Make sure that it is sharp, complete and free of glare.',
      face: 'Make sure that your whole face is sharp and evenly lit.',
    },
    troubles: {
      denied: {
        title: 'The camera is not allowed',
        text: 'You denied the camera before. Allow it in the settings.',
        orChoose: 'You denied the camera before. Allow it in the settings, or choose a picture from your album.',
      },
      failed: {
        title: 'The camera does not start',
        text: 'Close other programs that use the camera and try again.',
        orChoose: 'Close other programs that use the camera and try again, or choose a picture from your album.',
      },
    },
    openSettings: 'Open settings',
    retry: 'Try again',
    starting: 'Starting the camera …',
  },
});
