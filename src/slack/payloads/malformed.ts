/** A payload that is not what Slack sends, or that holds what no form of ours can: nothing of it is used. */
export type Malformed = { kind: "malformed" };

export const MALFORMED_INPUT: Malformed = { kind: "malformed" };
