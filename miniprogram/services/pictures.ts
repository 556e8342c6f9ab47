/** Pictures that the holder takes or has, for screens. */
export { choosePicture, openCameraSettings, takePicture, type Picture } from '../platform/pictures';
