import type { Option } from "../../slack/elements";
import type { Offered } from "./use-options";

/** What a select offers. The focus stays in its search. */
export function OptionList(props: {
  id: string;
  labelledBy: string;
  offered: Offered;
  active: number;
  isChosen: (option: Option) => boolean;
  onPick: (option: Option) => void;
}) {
  const { id, labelledBy, offered, active, isChosen, onPick } = props;
  if (offered.kind === "loading") return <p className="options empty">Loading…</p>;
  if (offered.options.length === 0) return <p className="options empty">No results</p>;
  return (
    <div id={id} role="listbox" className="options" aria-labelledby={labelledBy} aria-multiselectable="true">
      {offered.options.map((option, index) => (
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
          <span>{option.text.text}</span>
          {option.description && <span className="choice-description">{option.description.text}</span>}
        </div>
      ))}
    </div>
  );
}
