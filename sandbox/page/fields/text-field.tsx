import { type KeyboardEvent, useState } from "react";
import type { FieldProps } from "./field";
import { useForm } from "./form";

/** A text; what somebody types stays theirs, whatever the app draws anew meanwhile. */
export function TextField({ element, field, labels, isTold }: FieldProps) {
  const form = useForm();
  const [text, setText] = useState(typeof field.value === "string" ? field.value : "");
  const { blockId, actionId } = field;
  const type = (typed: string): void => {
    setText(typed);
    form.type({ blockId, actionId }, typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !isTold) return;
    // The form is not sent by that.
    event.preventDefault();
    void form.enter({ blockId, actionId }, text);
  };
  const shared = {
    id: labels.id,
    value: text,
    "aria-describedby": labels.describedBy,
    "aria-invalid": labels.isInvalid,
    "aria-required": field.isRequired,
    placeholder: (element.placeholder as { text: string } | undefined)?.text,
  };
  return element.multiline === true ? (
    <textarea {...shared} rows={3} onChange={({ target }) => type(target.value)} />
  ) : (
    <input
      {...shared}
      type="text"
      autoComplete="off"
      onChange={({ target }) => type(target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
