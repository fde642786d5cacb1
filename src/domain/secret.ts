import { inspect } from "node:util";

const MASK = "[secret]";

/**
 * A value that must reach nobody but the one it is for: a secret access key on its way from Tigris's answer to its one
 * ephemeral message, or one of the bot's own credentials on its way from the environment to the client that signs in with
 * it. It prints, logs and serialises as a mask; the value comes out through `expose` alone, so that a reader finds every
 * use by that word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /**
   * Hands out the value. Rightful callers: the delivery message for a person's key; for the bot's own credentials the
   * factories of its clients and receivers.
   * @returns the value as it came (`tsec_…`, `xoxb-…`, `xapp-…`, a signing secret)
   */
  expose(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
