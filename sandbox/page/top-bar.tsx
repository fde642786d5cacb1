import { useEffect, useRef, useState } from "react";
import { type BotStatus, controlBot, letPass, readBot } from "./calls";
import { dayAndTimeOf, sandboxNow, setAhead } from "./dates";
import { useRepeated } from "./use-repeated";

export type Panel = "slack" | "tigris" | "happened" | null;

/** Says that this is no real workspace, and how the bot is; opens what stands beside. */
export function TopBar(props: {
  panel: Panel;
  onPanel: (panel: Panel) => void;
  isConnected: boolean;
  /** Called when the bot runs again. */
  onBack: () => void;
}) {
  const { panel, onPanel, isConnected, onBack } = props;
  return (
    <header className="top-bar">
      <p className="sandbox-banner">
        <strong>Sandbox</strong> Nothing here is real: made-up people, keys that open nothing. The bot is the real one.
      </p>
      {!isConnected && (
        <p className="status bad" role="status">
          Connecting to the sandbox…
        </p>
      )}
      <SandboxStatus onBack={onBack} />
      <fieldset className="panel-buttons">
        <legend className="unseen">Beside the workspace</legend>
        <PanelButton name="slack" label="Slack" panel={panel} onPanel={onPanel} />
        <PanelButton name="tigris" label="Tigris" panel={panel} onPanel={onPanel} />
        <PanelButton name="happened" label="What happened" panel={panel} onPanel={onPanel} />
      </fieldset>
    </header>
  );
}

function PanelButton(props: {
  name: Exclude<Panel, null>;
  label: string;
  panel: Panel;
  onPanel: (panel: Panel) => void;
}) {
  const { name, label, panel, onPanel } = props;
  const isOpen = panel === name;
  return (
    <button type="button" className="button bar" aria-expanded={isOpen} onClick={() => onPanel(isOpen ? null : name)}>
      {label}
    </button>
  );
}

const EVERY_MS = 1_500;

/** The status with the time that it names, from which all dates of the page are told from then on. */
async function readStatus(): Promise<BotStatus> {
  const status = await readBot();
  setAhead(status.aheadMs);
  return status;
}

/** What the time is in the sandbox, and how the bot is. */
function SandboxStatus({ onBack }: { onBack: () => void }) {
  const [status, look] = useRepeated(readStatus, EVERY_MS);
  return (
    <>
      {status && <SandboxTime look={look} />}
      <BotStatusLine status={status} look={look} onBack={onBack} />
    </>
  );
}

/** Lets hours and days pass, so that what happens by itself can be seen. */
function SandboxTime({ look }: { look: () => void }) {
  const pass = (what: "hour" | "day"): void => void letPass(what).then(look, look);
  return (
    <p className="status sandbox-time">
      <time>{dayAndTimeOf(sandboxNow())}</time>
      <button type="button" className="button bar" onClick={() => pass("hour")}>
        An hour passes
      </button>
      <button type="button" className="button bar" onClick={() => pass("day")}>
        A day passes
      </button>
    </p>
  );
}

/** How the bot's process is; kills it and starts it again. */
function BotStatusLine(props: { status: BotStatus | null; look: () => void; onBack: () => void }) {
  const { status, look, onBack } = props;
  const [isBusy, setIsBusy] = useState(false);
  const state = status?.state;
  const before = useRef(state);
  useEffect(() => {
    // What went wrong while it was away is over.
    if (state === "running" && before.current !== undefined && before.current !== "running") onBack();
    before.current = state;
  }, [state, onBack]);
  if (!status) return null;
  const control = (what: "kill" | "start"): void => {
    if (isBusy) return;
    setIsBusy(true);
    void controlBot(what)
      .then(look, look)
      .finally(() => setIsBusy(false));
  };
  if (status.state === "starting") return <p className="status">The bot is starting…</p>;
  const isRunning = status.state === "running";
  return (
    <p className={isRunning ? "status" : "status bad"} role="status">
      {isRunning ? "The bot runs" : endedText(status.exitCode)}
      <button
        type="button"
        className="button bar"
        aria-disabled={isBusy}
        onClick={() => control(isRunning ? "kill" : "start")}
      >
        {isRunning ? "Kill the bot" : "Start the bot"}
      </button>
    </p>
  );
}

function endedText(exitCode: number | null): string {
  return exitCode === null
    ? "The bot was killed"
    : `The bot has ended with exit code ${exitCode}; the terminal says more`;
}
