import { useEffect, useRef } from "react";
import type { Option } from "../../slack/elements";
import type { Offered } from "./use-options";

/** What a select offers. The focus stays in its search. @param active the one that Enter takes; -1 for none */
export function OptionList(props: {
  id: string;
  labelledBy: string;
  offered: Offered;
  active: number;
  isChosen: (option: Option) => boolean;
  onPick: (option: Option) => void;
}) {
  const { id, labelledBy, offered, active, isChosen, onPick } = props;
  const { options, isCurrent } = offered;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active >= 0) list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  if (options.length === 0) return <p className="options empty">{isCurrent ? "No results" : "Loading…"}</p>;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      className="options"
      aria-labelledby={labelledBy}
      aria-multiselectable="true"
      aria-busy={!isCurrent}
    >
      {options.map((option, index) => (
        <div
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={isChosen(option)}
          className={index === active ? "option active" : "option"}
          onMouseDown={(event) => {
            // The focus stays where it is.
            event.preventDefault();
            onPick(option);
          }}
        >
          <span className="choice-text">{option.text.text}</span>{" "}
          {option.description && <span className="choice-description">{option.description.text}</span>}
        </div>
      ))}
    </div>
  );
}
