import { useState } from "react";
import type { FieldProps } from "./field";
import { useForm } from "./form";

/** A day; Slack's own picker gives it in the same shape. */
export function DateField({ field, labels }: FieldProps) {
  const form = useForm();
  const [day, setDay] = useState(typeof field.value === "string" ? field.value : "");
  const { blockId, actionId } = field;
  return (
    <input
      id={labels.id}
      type="date"
      value={day}
      aria-describedby={labels.describedBy}
      aria-invalid={labels.isInvalid}
      onChange={({ target }) => {
        setDay(target.value);
        form.type({ blockId, actionId }, target.value);
      }}
    />
  );
}
