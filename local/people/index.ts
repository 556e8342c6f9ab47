export type { SamplePerson } from './person';
export { pictureNames, picturePath, type PictureName } from './pictures';
export { samplePeople } from './sample-people';
