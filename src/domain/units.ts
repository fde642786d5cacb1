/** The units that limits are written in: milliseconds, and bytes. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const KIBIBYTE = 1_024;
export const MEBIBYTE = 1_024 * KIBIBYTE;
