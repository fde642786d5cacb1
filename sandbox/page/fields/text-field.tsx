import { useState } from "react";
import type { Element } from "../../slack/elements";
import type { ShownField } from "../../slack/person/shown";
import { type Labels, useForm } from "./form";

/** A text; what somebody types stays theirs, whatever the app draws anew meanwhile. */
export function TextField({ element, field, labels }: { element: Element; field: ShownField; labels: Labels }) {
  const form = useForm();
  const [text, setText] = useState(typeof field.value === "string" ? field.value : "");
  const { blockId, actionId } = field;
  const type = (typed: string): void => {
    setText(typed);
    form.type({ blockId, actionId }, typed);
  };
  const shared = {
    id: labels.id,
    value: text,
    "aria-describedby": labels.describedBy,
    "aria-invalid": labels.isInvalid,
    "aria-required": field.isRequired,
    placeholder: (element.placeholder as { text: string } | undefined)?.text,
    onBlur: () => void form.sendTyped(),
  };
  return element.multiline === true ? (
    <textarea {...shared} rows={3} onChange={({ target }) => type(target.value)} />
  ) : (
    <input {...shared} type="text" autoComplete="off" onChange={({ target }) => type(target.value)} />
  );
}
