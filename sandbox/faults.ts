/**
 * What a stand-in can be told to do to the n-th call of a kind. Tests force crashes and races with it at exact points,
 * so that `src/` needs no test code.
 *
 * `before` and `after` say on which side of the call's effect the fault falls: a call that is lost `before` changed nothing,
 * one that is lost `after` took effect although the caller never hears of it.
 */
export type Fault =
  /** Waits for `release`; with `isLost`, its answer never arrives then. */
  | { kind: "hold"; when: "before" | "after"; isLost?: boolean }
  | { kind: "delay"; when: "before" | "after"; ms: number }
  /** Answers so, without the effect: a refusal, or an ok that is not true. */
  | { kind: "refuse"; status: number; headers?: Record<string, string>; body: unknown }
  | { kind: "lose"; when: "before" | "after" }
  /** Loses the answer at once, and lets the call take effect so much later by the stand-in's clock. */
  | { kind: "late"; ms: number }
  | { kind: "garble"; when: "before" | "after"; status?: number; body: string };

export type FaultTarget = {
  /** Which call: a Slack method such as `chat.postEphemeral`, or a Tigris action such as `RotateAccessKey`. */
  call: string;
  /** The first matching call that is hit, counted from now on; 1 if left out. */
  nth?: number;
  /** How many calls in a row are hit; 1 if left out. */
  times?: number;
  /** Only calls whose parameters pass count. */
  match?: (params: Record<string, unknown>) => boolean;
};

export type FaultHandle = {
  /** Resolves once the fault has been reached for the first time: with `hold`, the call now waits there. */
  reached: Promise<void>;
  /** Lets every call go that a `hold` keeps, and disarms the fault. */
  release(): void;
};

type Armed = {
  target: FaultTarget;
  fault: Fault;
  seen: number;
  markReached: () => void;
  released: Promise<void>;
  letGo: () => void;
  off: boolean;
};

type Late = { at: number; effect: (at: number) => unknown };

export class Faults {
  #armed: Armed[] = [];
  #late: Late[] = [];
  readonly #now: () => number;

  /** @param now the stand-in's clock, by which late calls take effect */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Arms a fault.
   * @returns a handle to wait for it and to let go of what it holds
   */
  arm(target: FaultTarget, fault: Fault): FaultHandle {
    let markReached = () => {};
    let letGo = () => {};
    const reached = new Promise<void>((resolve) => {
      markReached = resolve;
    });
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const armed: Armed = { target, fault, seen: 0, markReached, released, letGo, off: false };
    this.#armed.push(armed);
    return {
      reached,
      release: () => {
        armed.off = true;
        letGo();
      },
    };
  }

  /** What has still to hit a call. */
  waiting(): { call: string; fault: Fault }[] {
    const left = this.#armed.filter(({ off, seen, target: { nth = 1, times = 1 } }) => !off && seen < nth + times - 1);
    return left.map(({ target: { call }, fault }) => ({ call, fault }));
  }

  /** Disarms everything and lets go of every call that is held. A late one still takes effect in its time. */
  clear(): void {
    for (const armed of this.#armed) {
      armed.off = true;
      armed.letGo();
    }
    this.#armed = [];
  }

  /** Lets a call take effect later: at the next call, or look, after its time. */
  postpone(ms: number, effect: Late["effect"]): void {
    this.#late.push({ at: this.#now() + ms, effect });
  }

  /** Lets every late call take effect whose time has come, in their order: all of them have begun when this returns. */
  async runDue(): Promise<void> {
    const now = this.#now();
    const due = this.#late.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    this.#late = this.#late.filter(({ at }) => at > now);
    await Promise.allSettled(due.map(async ({ at, effect }) => effect(at)));
  }

  /**
   * Asks what is to be done to a call that has just arrived; counts it.
   * @returns the fault that hits it, with what a `hold` waits for, or null
   */
  take(
    call: string,
    params: Record<string, unknown>,
  ): { fault: Fault; released: Promise<void>; reached: () => void } | null {
    for (const armed of this.#armed) {
      const { target } = armed;
      if (armed.off || target.call !== call || (target.match && !target.match(params))) continue;
      armed.seen += 1;
      const first = target.nth ?? 1;
      if (armed.seen < first || armed.seen >= first + (target.times ?? 1)) continue;
      return { fault: armed.fault, released: armed.released, reached: armed.markReached };
    }
    return null;
  }
}
