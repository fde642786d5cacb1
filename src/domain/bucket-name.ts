/** S3's names, with the capitals and underscores of old buckets. Never `*`, which Tigris reads as all buckets. */
const BUCKET_NAME = /^[A-Za-z0-9][\w.-]{0,254}$/;

/** Whether a text has the form of a bucket's name. */
export function isBucketName(text: string): boolean {
  return BUCKET_NAME.test(text);
}
