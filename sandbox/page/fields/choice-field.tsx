import { useState } from "react";
import type { Option } from "../../slack/elements";
import { type Directory, useViewer } from "../directory";
import type { FieldProps } from "./field";
import { useForm } from "./form";

/** Radio buttons or checkboxes, each with its description. */
export function ChoiceField({ element, field, labels }: FieldProps) {
  const form = useForm();
  const { directory } = useViewer();
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
          <span className="choice-text">{textOf(option, directory)}</span>
          {option.description && <span className="choice-description">{option.description.text}</span>}
        </label>
      ))}
    </fieldset>
  );
}

/** What an option says, with people and groups by their names. */
function textOf({ text: { type, text } }: Option, { people, userGroups }: Directory): string {
  if (type !== "mrkdwn") return text;
  const names = new Map<string, string>([
    ...people.map(({ id, name }) => [`@${id}`, name] as const),
    ...userGroups.map(({ id, handle }) => [`!subteam^${id}`, handle] as const),
  ]);
  return text.replace(/<([^<>]+)>/g, (_all, target: string) => `@${names.get(target) ?? target}`);
}
