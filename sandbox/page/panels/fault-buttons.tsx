import type { Fault } from "../../faults";
import { armFault, clearFaults, readFaults, type Side } from "../calls";
import { useRepeated } from "../use-repeated";

type Trouble = { label: string; says: string; side: Side; call: string; fault: Fault };

const SLOW_MS = 4_000;
const CREATE = "CreateAccessKeyWithBucketsRole";

/** Each hits the next call of its kind, once. */
const TROUBLES: readonly Trouble[] = [
  {
    label: "Tigris is slow",
    says: "The next key takes 4 seconds.",
    side: "tigris",
    call: CREATE,
    fault: { kind: "delay", when: "before", ms: SLOW_MS },
  },
  {
    label: "Tigris refuses",
    says: "Tigris refuses to make the next key.",
    side: "tigris",
    call: CREATE,
    fault: { kind: "refuse", status: 403, body: { Code: "AccessDenied", Message: "AccessDenied" } },
  },
  {
    label: "Tigris's answer is lost",
    says: "The next key is made, and the bot never hears of it.",
    side: "tigris",
    call: CREATE,
    fault: { kind: "lose", when: "after" },
  },
  {
    label: "Slack is slow",
    says: "The next secret takes 4 seconds to arrive.",
    side: "slack",
    call: "chat.postEphemeral",
    fault: { kind: "delay", when: "before", ms: SLOW_MS },
  },
  {
    label: "Slack refuses",
    says: "Slack refuses to show the next secret.",
    side: "slack",
    call: "chat.postEphemeral",
    fault: { kind: "refuse", status: 200, body: { ok: false, error: "messages_tab_disabled" } },
  },
  {
    label: "Slack shows nothing",
    says: "Slack says ok to the next secret, and nobody sees it.",
    side: "slack",
    call: "chat.postEphemeral",
    fault: { kind: "refuse", status: 200, body: { ok: true, message_ts: "1700000000.000100" } },
  },
  {
    label: "Slack's answer is lost",
    says: "The next secret is shown, and the bot never hears of it.",
    side: "slack",
    call: "chat.postEphemeral",
    fault: { kind: "lose", when: "after" },
  },
];

const EVERY_MS = 1_000;

function arm({ side, call, fault }: Trouble): Promise<unknown> {
  return armFault(side, call, fault);
}

function isSame(one: Fault, other: Fault): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Lets one make a service fail, and watch how the bot puts things right. */
export function FaultButtons({ side, onTrouble }: { side: Side; onTrouble: (text: string) => void }) {
  const [waiting, look] = useRepeated(readFaults, EVERY_MS);
  const control = (done: Promise<unknown>): void => {
    done.then(look, (error: Error) => onTrouble(error.message));
  };
  const troubles = TROUBLES.filter((one) => one.side === side);
  const armed = troubles.filter(({ call, fault }) =>
    waiting?.some((one) => one.side === side && one.call === call && isSame(one.fault, fault)),
  );
  return (
    <>
      <p className="facts">
        Each hits the next {side === "slack" ? "secret" : "key"}, once. Then press Show my secret and watch.
      </p>
      <div className="buttons">
        {troubles.map((trouble) => (
          <button key={trouble.label} type="button" className="button" onClick={() => control(arm(trouble))}>
            {trouble.label}
          </button>
        ))}
        <button type="button" className="button" onClick={() => control(clearFaults(side))}>
          All is well again
        </button>
      </div>
      <div role="status">
        {armed.length > 0 && (
          <ul className="armed">
            {armed.map(({ label, says }) => (
              <li key={label}>{says}</li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
