import { type ReactNode, useId } from "react";
import { type Element, fieldsOf } from "../../slack/elements";
import type { ShownField } from "../../slack/person/shown";
import type { Block } from "../../slack/workspace";
import { Field } from "./field";
import type { Labels } from "./form";

/** A field with its label, its hint, and what is wrong with it. */
export function InputBlock({ block, field }: { block: Block; field: ShownField }) {
  const id = useId();
  const [element] = fieldsOf(block);
  if (!element) return null;
  const { hint, error } = field;
  const said = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
  const labels: Labels = {
    id: `${id}-field`,
    labelledBy: `${id}-label`,
    describedBy: said || undefined,
    isInvalid: error !== undefined,
  };
  return (
    <div className={error ? "input invalid" : "input"}>
      <Label element={element} labels={labels}>
        {(block.label as { text: string }).text}
        {block.optional === true && <span className="optional"> (optional)</span>}
      </Label>
      <Field
        element={element}
        field={field}
        labels={labels}
        isTold={block.dispatch_action === true}
        isClearable={element.type.startsWith("multi") || block.optional === true}
      />
      {error && (
        <p id={`${id}-error`} className="error" role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Several boxes have labels of their own: theirs is a heading. */
function Label({ element, labels, children }: { element: Element; labels: Labels; children: ReactNode }) {
  if (element.type === "radio_buttons" || element.type === "checkboxes")
    return (
      <span className="label" id={labels.labelledBy}>
        {children}
      </span>
    );
  return (
    <label className="label" id={labels.labelledBy} htmlFor={labels.id}>
      {children}
    </label>
  );
}
