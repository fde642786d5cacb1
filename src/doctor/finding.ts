/** What the doctor found of one fact, as sentences without any secret. */
export type Finding = {
  verdict: "as_expected" | "differs" | "not_settled";
  /** Which fact it is about, in a few words. */
  about: string;
  /** What was seen, and what it means for the bot. */
  seen: string;
};

export const asExpected = (about: string, seen: string): Finding => ({ verdict: "as_expected", about, seen });
export const differs = (about: string, seen: string): Finding => ({ verdict: "differs", about, seen });
export const notSettled = (about: string, seen: string): Finding => ({ verdict: "not_settled", about, seen });

/** Why a call did not do what it was asked for: the code of Tigris's, or what became of the answer. */
export function whyNot(
  answer: { kind: "refused"; code: string } | { kind: "lost"; cause: string } | { kind: "gone" } | Unread,
): string {
  switch (answer.kind) {
    case "refused":
      return `refused with ${answer.code}`;
    case "lost":
      return `no clear answer: ${answer.cause}`;
    case "gone":
      return "Tigris knows no such key";
    case "unavailable":
      return `can't be read: ${answer.reason}`;
  }
}
type Unread = { kind: "unavailable"; reason: string };

/** A time in seconds, as people read it. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** What whoever runs the doctor can do about a call that failed. */
export function whatToDo(why: string): string {
  if (/SignatureDoesNotMatch|InvalidAccessKeyId|InvalidClientTokenId/.test(why))
    return "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: they belong to one key of yours in Tigris's Dashboard.";
  if (/AccessDenied|Forbidden/.test(why)) return "Give the bot's own key Admin in Tigris's Dashboard.";
  return "Check that this machine reaches AWS_ENDPOINT_URL_IAM and AWS_ENDPOINT_URL_S3, through HTTPS_PROXY where it has to, and run this again.";
}
