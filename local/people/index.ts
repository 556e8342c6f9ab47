export type { SamplePerson } from './person';
export { pictureNames, picturePath, type PictureName } from './pictures';
export { sampleChildren, samplePeople } from './sample-people';
