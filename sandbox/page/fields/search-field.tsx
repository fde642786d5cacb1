import { type KeyboardEvent, useState } from "react";
import type { Element, Option } from "../../slack/elements";
import type { ShownField } from "../../slack/person/shown";
import { type Labels, useForm } from "./form";
import { OptionList } from "./option-list";
import { useOptions } from "./use-options";

/** A select that is searched: arrow keys move, Enter chooses, Escape closes, Backspace takes the last one out. */
export function SearchField({ element, field, labels }: { element: Element; field: ShownField; labels: Labels }) {
  const form = useForm();
  const { chosen } = field;
  const isMany = element.type.startsWith("multi");
  const [search, setSearch] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const offered = useOptions(element, field, search, isOpen);
  const options = offered.kind === "options" ? offered.options : [];
  const listId = `${labels.id}-list`;

  const change = (next: Option[]): void => void form.choose({ blockId: field.blockId, actionId: field.actionId }, next);
  const isChosen = ({ value }: Option): boolean => chosen.some((one) => one.value === value);
  const pick = (option: Option): void => {
    const others = chosen.filter(({ value }) => value !== option.value);
    if (isMany) change(isChosen(option) ? others : [...others, option]);
    else change([option]);
    setSearch("");
    setIsOpen(isMany);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step: Step = stepFor(event.key, { isOpen, isEmpty: search === "" && chosen.length > 0 });
    if (step === "none") return;
    event.preventDefault();
    event.stopPropagation();
    const option = options[active];
    const count = Math.max(options.length, 1);
    const moves: Record<typeof step, () => void> = {
      open: () => setIsOpen(true),
      close: () => setIsOpen(false),
      next: () => setActive((active + 1) % count),
      previous: () => setActive((active + count - 1) % count),
      pick: () => isOpen && option && pick(option),
      remove: () => change(chosen.slice(0, -1)),
    };
    moves[step]();
  };

  return (
    <div className="search-field">
      <div className="search-box">
        {chosen.map((option) => (
          <span key={option.value} className="chip">
            {option.text.text}
            <button
              type="button"
              aria-label={`Remove ${option.text.text}`}
              onClick={() => change(chosen.filter(({ value }) => value !== option.value))}
            >
              ×
            </button>
          </span>
        ))}
        <input
          id={labels.id}
          role="combobox"
          autoComplete="off"
          value={search}
          placeholder={chosen.length === 0 ? (element.placeholder as { text: string } | undefined)?.text : undefined}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && options[active] ? `${listId}-${active}` : undefined}
          aria-describedby={labels.describedBy}
          aria-invalid={labels.isInvalid}
          onFocus={() => setIsOpen(true)}
          onClick={() => setIsOpen(true)}
          onBlur={() => setIsOpen(false)}
          onChange={({ target }) => {
            setSearch(target.value);
            setActive(0);
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

type Step = "none" | "open" | "close" | "next" | "previous" | "pick" | "remove";

/** What a key does; "none" where it only types, or belongs to the modal. @param isEmpty whether Backspace has only a chip to take */
function stepFor(key: string, { isOpen, isEmpty }: { isOpen: boolean; isEmpty: boolean }): Step {
  if (key === "ArrowDown") return isOpen ? "next" : "open";
  if (key === "ArrowUp") return isOpen ? "previous" : "none";
  if (key === "Enter") return "pick";
  if (key === "Escape") return isOpen ? "close" : "none";
  return key === "Backspace" && isEmpty ? "remove" : "none";
}
