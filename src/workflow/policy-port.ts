import type { Policy } from "../domain/policy/rule";

/** The policy by which everything is judged now, and a digest by which another one is told from it. */
export type PolicyInForce = { policy: Policy; digest: string };

/** Whoever judges asks for it each time: it may change while the bot runs. It answers at once, since forms wait for it. */
export type PolicyPort = { inForce(): Promise<PolicyInForce> };
