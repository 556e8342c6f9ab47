/** The card's face: grey for the light tier, colour for the full one. Says nothing that its words do not say. */
Component({
  properties: {
    /** `CardFace` of presenters/card-face, or null for a drawing without data. */
    face: { type: Object },
  },
});
