import { useId } from "react";
import type { Element } from "../../slack/elements";
import type { ShownField } from "../../slack/person/shown";
import { Field } from "./field";

/** A field among actions or beside a section: it has no label to be seen, and the app hears of each choice. */
export function LooseField({ element, field }: { element: Element; field: ShownField }) {
  const id = useId();
  const placeholder = element.placeholder as { text: string } | undefined;
  return (
    <div className="loose-field">
      <span id={`${id}-label`} className="unseen">
        {placeholder?.text ?? element.action_id}
      </span>
      <Field
        element={element}
        field={field}
        labels={{ id: `${id}-field`, labelledBy: `${id}-label`, describedBy: undefined, isInvalid: false }}
        isTold
        isClearable={element.type.startsWith("multi")}
      />
    </div>
  );
}
