import { readPolicy } from "./policy-source";
import type { PolicyInForce, PolicyPort } from "./workflow/policy-port";
import type { StorePort } from "./workflow/store-port";

/** The policy in force can't be read by this version of the bot: nobody can be judged by it, and by no other one either. */
export class PolicyUnreadable extends Error {
  readonly code = "policy_unreadable";
  readonly retry = "never";

  constructor() {
    super("the policy in force can't be read");
    this.name = "PolicyUnreadable";
  }
}

/**
 * The policy in force is the one that the store has: whoever shares the store judges by the same one, from the moment it is
 * written. What is in force is looked up each time; only what a digest stands for is remembered, since that never changes.
 * @param variables what holds while no file ever was in force; null where there has to be one
 * @returns a port that throws PolicyUnreadable, or the store's own error
 */
export function policyInStore(store: Pick<StorePort, "read">, variables: PolicyPort | null): PolicyPort {
  let known: PolicyInForce | null = null;
  return {
    inForce: async () => {
      const digest = await store.read(({ policies }) => policies.digestInForce());
      if (digest === null && variables !== null) return variables.inForce();
      if (digest === null) throw new PolicyUnreadable();
      if (known?.digest === digest) return known;
      const loaded = await store.read(({ policies }) => policies.find(digest));
      const policy = loaded && readPolicy(loaded.text);
      if (policy === null) throw new PolicyUnreadable();
      known = { policy, digest };
      return known;
    },
  };
}
