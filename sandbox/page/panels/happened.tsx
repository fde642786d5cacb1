import { useEffect, useRef, useState } from "react";
import type { Happening } from "../../happened";
import { exactTimeOf } from "../dates";
import { useViewer } from "../directory";
import { useEnd } from "../use-end";
import { useHappenings } from "./use-happenings";

/** Calls that say nothing about anybody's key, left out unless asked for. */
const ROUTINE = ["auth.test", "apps.connections.open", "users.info", "usergroups.users.list", "conversations.info"];

/** Every call between the bot, Slack and Tigris, in order: the way of a secret, and what went wrong. */
export function HappenedPanel() {
  const [isAll, setIsAll] = useState(false);
  const happenings = useHappenings().filter(({ name }) => isAll || !ROUTINE.includes(name));
  const panel = useRef<HTMLElement>(null);
  useEnd(panel);
  return (
    <aside ref={panel} className="panel" aria-label="What happened">
      <h2>What happened</h2>
      <p className="facts">
        Every call between the bot, Slack and Tigris. Secrets are hidden, except in the one message that delivers them.
      </p>
      <label className="choice">
        <input type="checkbox" checked={isAll} onChange={({ target }) => setIsAll(target.checked)} />
        <span>Also who is who, and connections</span>
      </label>
      <ol className="happenings">
        {happenings.map((happening) => (
          <Row key={happening.id} happening={happening} />
        ))}
      </ol>
    </aside>
  );
}

function Row({ happening }: { happening: Happening }) {
  const { from, to, name, at, endedAt, isOk, asked, answered } = happening;
  const { me } = useViewer();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li className={isOk === false ? "happening failed" : "happening"}>
      <details onToggle={({ currentTarget: { open } }) => setIsOpen(open)}>
        <summary>
          <span className="happening-time">{exactTimeOf(at, me.tz)}</span>
          <span className={`way to-${to.toLowerCase()}`}>
            {partyName(from)} → {partyName(to)}
          </span>
          <span className="happening-name">{name}</span>
          <span className="took">{tookText(at, endedAt, isOk)}</span>
        </summary>
        {isOpen && <Payloads asked={asked} answered={answered} />}
      </details>
    </li>
  );
}

/** What was sent and answered; comes into view when it is unfolded. */
function Payloads({ asked, answered }: Pick<Happening, "asked" | "answered">) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div ref={place}>
      <h4>Sent</h4>
      <pre>{shown(asked)}</pre>
      <h4>Answered</h4>
      <pre>{shown(answered)}</pre>
    </div>
  );
}

function partyName(party: string): string {
  if (party === "app") return "Bot";
  if (party === "Slack" || party === "Tigris") return party;
  return party === "tid_sandbox_only" ? "Bot" : "Key";
}

function tookText(at: number, endedAt: number | null, isOk: boolean | null): string {
  if (endedAt === null) return "no answer";
  return `${isOk === false ? "refused, " : ""}${Math.max(0, endedAt - at)} ms`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
