/** Pictures that the holder takes or has, for screens. */
export {
  choosePicture,
  isCameraDenied,
  openCameraSettings,
  takePicture,
  type NoPicture,
  type Picture,
} from '../platform/pictures';
