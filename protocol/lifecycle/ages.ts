/** Below this age a guardian's consent is needed (Personal Information Protection Law, article 31). */
export const GUARDED_BELOW = 14;
/** From this age on a person is an adult (Civil Code, article 17), and can be somebody's guardian. */
export const ADULT_FROM = 18;
