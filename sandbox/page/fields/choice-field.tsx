import { useState } from "react";
import type { Element, Option } from "../../slack/elements";
import type { ShownField } from "../../slack/person/shown";
import { type Labels, useForm } from "./form";

/** Radio buttons or checkboxes, each with its description. */
export function ChoiceField({ element, field, labels }: { element: Element; field: ShownField; labels: Labels }) {
  const form = useForm();
  const { blockId, actionId } = field;
  // A click shows at once, before the stand-in has it.
  const [pending, setPending] = useState<Option[] | null>(null);
  const chosen = pending ?? field.chosen;
  const isMany = element.type === "checkboxes";
  const isChosen = ({ value }: Option): boolean => chosen.some((one) => one.value === value);
  const choose = (option: Option): void => {
    const others = chosen.filter(({ value }) => value !== option.value);
    const many = isChosen(option) ? others : [...others, option];
    const next = isMany ? many : [option];
    setPending(next);
    void form.choose({ blockId, actionId }, next).finally(() => setPending(null));
  };
  return (
    <fieldset className="choices" aria-labelledby={labels.labelledBy} aria-describedby={labels.describedBy}>
      {(element.options ?? []).map((option) => (
        <label key={option.value} className="choice">
          <input
            type={isMany ? "checkbox" : "radio"}
            name={labels.id}
            checked={isChosen(option)}
            onChange={() => choose(option)}
          />
          <span className="choice-text">{option.text.text}</span>
          {option.description && <span className="choice-description">{option.description.text}</span>}
        </label>
      ))}
    </fieldset>
  );
}
