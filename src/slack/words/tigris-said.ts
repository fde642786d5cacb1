import { bold, code as inCode, OPERATOR, type Sentence } from "./sentence";

/** Tigris's and S3's codes, and our own for a key of the bot's that may be another organization's, by what they mean to whoever reads of them. The code itself is in the log. */
const MEANINGS: readonly { codes: RegExp; why: string; passes: boolean }[] = [
  { codes: /^(?:AccessDenied|Forbidden|Unauthori[sz]ed|OptInRequired)/, why: "it doesn't allow me to", passes: false },
  {
    codes: /^(?:InvalidAccessKeyId|InvalidClientTokenId|SignatureDoesNotMatch|IncompleteSignature|ExpiredToken)/,
    why: "it doesn't take my own key any more",
    passes: false,
  },
  { codes: /^(?:RequestTimeTooSkewed|RequestExpired)/, why: "my clock and Tigris's differ too much", passes: false },
  {
    codes: /^(?:LimitExceeded|QuotaExceeded|TooManyAccessKeys)/,
    why: "there are as many keys as it allows",
    passes: false,
  },
  { codes: /^(?:EntityAlreadyExists)/, why: "it has a key of that name already", passes: false },
  { codes: /^(?:NoSuchEntity|NoSuchKey)/, why: "it doesn't know the key", passes: false },
  { codes: /^NoSuchBucket/, why: "one of the buckets is gone", passes: false },
  { codes: /^organization_unknown$/, why: "it hasn't said which organization my own key belongs to", passes: false },
  { codes: /^other_organization$/, why: "my own key belongs to another organization by now", passes: false },
  { codes: /^(?:Thrott|SlowDown|TooManyRequests|RequestLimitExceeded)/, why: "it is busy", passes: true },
];

/** ", since it is busy"; nothing where nobody knows what a code means. */
export function whyTigris(code: string | null): string {
  const why = meaningOf(code)?.why;
  return why === undefined ? "" : `, since ${why}`;
}

/** Whether it goes by itself, so that trying again is all there is to do. */
export function tigrisPasses(code: string | null): boolean {
  return meaningOf(code)?.passes ?? false;
}

function meaningOf(code: string | null) {
  return MEANINGS.find(({ codes }) => code !== null && codes.test(code));
}

/** Whom to tell, with what they find the code by. */
export function tellOperator(reference: string): Sentence {
  return ["tell ", OPERATOR, " (ref ", inCode(reference), ")"];
}

/** What helps against a refusal that may pass. @param button null where it has one name here and another there */
export function pressAgain(button: string | null, code: string | null, reference: string): Sentence {
  const press: Sentence = button === null ? ["Press again"] : ["Press ", bold(button), " again"];
  return tigrisPasses(code)
    ? [...press, " in a moment."]
    : [...press, "; if that goes on, ", ...tellOperator(reference), "."];
}
