import { inspect } from "node:util";

const MASK = "[secret]";

/**
 * A secret access key on its way from Tigris's answer to its one ephemeral message. It prints, logs and serialises as a
 * mask; the value comes out through `expose` alone, so that a reader finds every use by that word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** @returns the secret access key (`tsec_…`). The delivery message is its only rightful caller. */
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
