/**
 * Where measured qualities of a selfie and of a comparison are cut. Figures: embedded models, measured on public sets of Asian
 * faces; see docs/accuracy.md for sets, sizes and intervals.
 */

/** Similarity (cosine) from which two faces are one person: false-match rate 1:10,000. */
export const FACE_ACCEPT = 0.55;
/** Similarity below which two faces are two persons; between the two a person decides. False-match rate 3.6:1,000. */
export const FACE_REFUSE = 0.42;

/**
 * Similarity from which selfie and portrait are one and the same picture, so that nobody was before the camera. On the sample people
 * the portrait's own file reaches 0.984 and more against the photographed card, and what is cut out of that photograph 0.986 and
 * more, enlarged, blurred and brightened or not; other pictures of the person stay at 0.954 and below.
 */
export const SAME_PICTURE = 0.975;

/** The authority's own score from which it vouches for the face: false-match rate 1:10,000 by its documentation. */
const AUTHORITY_ACCEPT = 70;
/** The authority's score below which it names another person; between the two a person decides. Its documentation gives no rate here. */
const AUTHORITY_REFUSE = 50;

/**
 * Least distance between the eyes, in pixels of the uploaded picture: below it embeddings lose detail. Refuses none of 24
 * selfies of 960×1280, and 18 of 31 web photographs, which are small.
 */
export const EYE_DISTANCE_MIN = 60;

/**
 * Least variance of the Laplacian of the aligned face. Refuses none of 24 sharp selfies, six of them also dimmed to a third, none of 31
 * photographs, and all 24 selfies after a Gaussian blur of 4 pixels at 960.
 */
export const SHARPNESS_MIN = 140;

/** Least probability that a live face was before the camera: refuses 1.5 % of live users, lets 0.1 % of prints pass. */
export const LIVE_MIN = 0.5;

/**
 * Least confidence of a field that is taken as read. It parts what is missing from what was read, not right from wrong: wrong characters
 * still read 0.70 to 0.98. What protects is the number's check digit, the fields' agreement and the authority.
 */
export const FIELD_CONFIDENCE_MIN = 0.6;

/** What a similarity means. */
export type Band = 'accept' | 'review' | 'refuse';

/** Whether two pictures are too alike to be two pictures. @param similarity cosine, -1 to 1 */
export const isSamePicture = (similarity: number): boolean => similarity >= SAME_PICTURE;

/** The band of a face similarity. @param similarity cosine, -1 to 1 */
export const bandOfFaces = (similarity: number): Band =>
  similarity >= FACE_ACCEPT ? 'accept' : similarity >= FACE_REFUSE ? 'review' : 'refuse';

/** The band of the authority's score. @param similarity 0 to 100 */
export const bandOfAuthority = (similarity: number): Band =>
  similarity >= AUTHORITY_ACCEPT ? 'accept' : similarity >= AUTHORITY_REFUSE ? 'review' : 'refuse';

/** Cosine of two unit-length embeddings. @throws RangeError where they differ in length */
export const similarityOf = (one: Float32Array, other: Float32Array): number => {
  if (one.length !== other.length) throw new RangeError('embeddings of different models');
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
};
