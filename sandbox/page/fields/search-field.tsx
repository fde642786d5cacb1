import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Option } from "../../slack/elements";
import type { FieldProps } from "./field";
import { useForm } from "./form";
import { OptionList } from "./option-list";
import { useAfterPointer } from "./use-after-pointer";
import { useOptions } from "./use-options";

/** A select that is searched: arrow keys move, Enter chooses, Escape closes, Backspace takes the last one out. */
export function SearchField({ element, field, labels, isClearable }: FieldProps) {
  const form = useForm();
  const { chosen } = field;
  const isMany = element.type.startsWith("multi");
  const [search, setSearch] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  /** The option that somebody has moved to; null as long as they have not. */
  const [moved, setMoved] = useState<number | null>(null);
  /** Whether Enter waits for what was searched for. */
  const [isAwaited, setIsAwaited] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const afterPointer = useAfterPointer(isOpen);
  const offered = useOptions(element, field, search, isOpen);
  const { options, isCurrent } = offered;
  const listId = `${labels.id}-list`;

  const change = (next: Option[]): void => void form.choose({ blockId: field.blockId, actionId: field.actionId }, next);
  const isChosen = ({ value }: Option): boolean => chosen.some((one) => one.value === value);
  const active = moved ?? firstActive(options.findIndex(isChosen), { isMany, search });
  const open = (): void => {
    if (!isOpen) setMoved(null);
    setIsOpen(true);
  };
  const pick = (option: Option): void => {
    const others = chosen.filter(({ value }) => value !== option.value);
    if (isMany) change(isChosen(option) ? others : [...others, option]);
    else change([option]);
    setSearch("");
    setIsOpen(isMany);
  };
  useEffect(() => {
    if (!isAwaited || !isCurrent) return;
    setIsAwaited(false);
    const [first] = options;
    if (first) pick(first);
  });
  const close = (): void => {
    if (document.activeElement !== input.current) setIsOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step: Step = stepFor(event.key, { isOpen, isEmpty: search === "" && chosen.length > 0 });
    if (step === "none") return;
    event.preventDefault();
    event.stopPropagation();
    const option = options[active];
    const count = Math.max(options.length, 1);
    const moves: Record<typeof step, () => void> = {
      open,
      close: () => setIsOpen(false),
      next: () => setMoved((active + 1) % count),
      previous: () => setMoved((Math.max(active, 0) + count - 1) % count),
      pick: () => {
        if (!isCurrent) setIsAwaited(isOpen);
        else if (isOpen && option) pick(option);
      },
      remove: () => isClearable && change(chosen.slice(0, -1)),
    };
    moves[step]();
  };

  return (
    <div className="search-field">
      <div className="search-box">
        {(isMany || search === "" ? chosen : []).map((option) => (
          <span key={option.value} className={isMany ? "chip" : "chosen"}>
            {option.text.text}
            {isClearable && (
              <button
                type="button"
                aria-label={`Remove ${option.text.text}`}
                onClick={() => change(chosen.filter(({ value }) => value !== option.value))}
              >
                ×
              </button>
            )}
          </span>
        ))}
        <input
          ref={input}
          id={labels.id}
          role="combobox"
          autoComplete="off"
          value={search}
          placeholder={chosen.length === 0 ? (element.placeholder as { text: string } | undefined)?.text : undefined}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && options[active] ? `${listId}-${active}` : undefined}
          aria-labelledby={labels.labelledBy}
          aria-describedby={labels.describedBy}
          aria-invalid={labels.isInvalid}
          onFocus={open}
          onClick={open}
          onBlur={() => afterPointer(close)}
          onChange={({ target }) => {
            setSearch(target.value);
            setMoved(null);
            setIsAwaited(false);
            setIsOpen(true);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {isOpen && (
        <OptionList
          id={listId}
          labelledBy={labels.labelledBy}
          offered={offered}
          active={active}
          isChosen={isChosen}
          onPick={pick}
        />
      )}
    </div>
  );
}

/** Where Enter would choose: what is chosen already, else the first that was searched for. In a select of many, nothing yet. */
function firstActive(chosenAt: number, { isMany, search }: { isMany: boolean; search: string }): number {
  if (search !== "") return 0;
  return isMany ? -1 : Math.max(chosenAt, 0);
}

type Step = "none" | "open" | "close" | "next" | "previous" | "pick" | "remove";

/** What a key does; "none" where it only types, or belongs to the modal. @param isEmpty whether Backspace has only what is chosen to take */
function stepFor(key: string, { isOpen, isEmpty }: { isOpen: boolean; isEmpty: boolean }): Step {
  if (key === "ArrowDown") return isOpen ? "next" : "open";
  if (key === "ArrowUp") return isOpen ? "previous" : "none";
  if (key === "Enter") return "pick";
  if (key === "Escape") return isOpen ? "close" : "none";
  return key === "Backspace" && isEmpty ? "remove" : "none";
}
