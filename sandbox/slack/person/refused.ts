/** Somebody tried what their screen does not offer. */
export class Refused extends Error {}
