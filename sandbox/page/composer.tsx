import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { type Command, useViewer } from "./directory";
import { GlobalShortcuts } from "./shortcuts";

/**
 * Where somebody types messages and commands. The commands come from the app's manifest; arrow keys move among them, Tab or
 * Enter takes one, and Enter sends.
 */
export function Composer(props: {
  place: string;
  text: string;
  onType: (text: string) => void;
  onSend: (text: string) => Promise<void>;
  onTrouble: (text: string) => void;
}) {
  const { place, text, onType: setText, onSend, onTrouble } = props;
  const { commands } = useViewer().directory.app;
  const [active, setActive] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  // Whoever comes to a channel can type at once.
  useEffect(() => {
    if (!document.querySelector("dialog[open]")) input.current?.focus();
  }, []);
  const offered = matching(commands, text);
  const typed = commands.find(({ command }) => text.startsWith(`${command} `));

  const take = ({ command }: Command): void => {
    setText(`${command} `);
    setActive(0);
  };
  const send = (): void => {
    const sent = text.trim();
    if (sent === "") return;
    setText("");
    void onSend(sent);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const option = offered[active];
    const step: Step = stepFor(event, option !== undefined && option.command !== text.trim());
    if (step === "none") return;
    event.preventDefault();
    const moves: Record<typeof step, () => void> = {
      send,
      next: () => setActive((active + 1) % offered.length),
      previous: () => setActive((active + offered.length - 1) % offered.length),
      take: () => option && take(option),
      clear: () => setText(""),
    };
    moves[step]();
  };

  return (
    <div className="composer">
      {offered.length > 0 && (
        <div id={listId} role="listbox" className="commands" aria-label="Commands">
          {offered.map((one, index) => (
            <div
              key={one.command}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={index === active ? "option active" : "option"}
              onMouseDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              <strong>{one.command}</strong> <span className="usage">{one.usage_hint}</span>
              <span className="choice-description">{one.description}</span>
            </div>
          ))}
        </div>
      )}
      {typed && (
        <p className="usage-line">
          <strong>{typed.command}</strong> {typed.usage_hint}
        </p>
      )}
      <div className="composer-box">
        <GlobalShortcuts onTrouble={onTrouble} />
        <input
          ref={input}
          role="combobox"
          aria-label={`Message ${place}`}
          aria-expanded={offered.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={offered.length > 0 ? `${listId}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={`Type / for the commands${commands[0] ? `, such as ${commands[0].command} create` : ""}`}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="send" aria-label="Send" onClick={send} aria-disabled={text.trim() === ""}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path
              d="M2.5 3.5 17.5 10l-15 6.5 2-6.5-2-6.5Zm2 6.5h7"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
              strokeLinejoin="round"
            />
          </svg>
        </button>
      </div>
    </div>
  );
}

/** The commands that what is typed may become. */
function matching(commands: readonly Command[], text: string): Command[] {
  if (!text.startsWith("/") || text.includes(" ")) return [];
  return commands.filter(({ command }) => command.startsWith(text));
}

type Step = "none" | "send" | "next" | "previous" | "take" | "clear";

/** What a key does, with commands offered or not; "none" where it only types. */
function stepFor({ key, shiftKey }: KeyboardEvent, isOffered: boolean): Step {
  if (key === "Enter") return isOffered ? "take" : "send";
  if (!isOffered || shiftKey) return "none";
  if (key === "ArrowDown") return "next";
  if (key === "ArrowUp") return "previous";
  if (key === "Tab") return "take";
  return key === "Escape" ? "clear" : "none";
}
