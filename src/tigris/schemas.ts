import { z } from "zod";
import { isBucketName } from "../domain/bucket-name";

/** How Tigris's secret access keys begin (Tigris's documentation). */
const SECRET_MARK = "tsec_";

/** Text that is no secret. Nothing that holds the mark of one gets into a field that is shown or logged. */
const open = (form: RegExp) => z.string().regex(form).refine(isOpen);

export const accessKeyId = open(/^tid_[\w-]{1,120}$/);
export const secretAccessKey = z.string().regex(/^tsec_[\w.+/=-]{8,256}$/);
/** An error's code, as in `AccessDenied`. */
export const tigrisErrorCode = open(/^[A-Za-z][\w.-]{0,63}$/);
/** Ids that Tigris gives to organizations and calls. */
export const plainId = open(/^[\w.:-]{1,128}$/);
export const bucketName = z.string().refine(isBucketName).refine(isOpen);
/** Any short text. */
export const shortText = z.string().max(512).refine(isOpen);

function isOpen(text: string): boolean {
  return !text.includes(SECRET_MARK);
}
