import type { Element } from "../../slack/elements";
import type { ShownField } from "../../slack/person/shown";
import { ChoiceField } from "./choice-field";
import { DateField } from "./date-field";
import type { Labels } from "./form";
import { SearchField } from "./search-field";
import { TextField } from "./text-field";

export type FieldProps = {
  element: Element;
  field: ShownField;
  labels: Labels;
  /** Whether the app hears of a text at once with Enter. */
  isTold: boolean;
  /** Whether what is chosen can be taken out again. */
  isClearable: boolean;
};

/** A field of any kind that the stand-in takes. */
export function Field(props: FieldProps) {
  switch (props.element.type) {
    case "plain_text_input":
      return <TextField {...props} />;
    case "datepicker":
      return <DateField {...props} />;
    case "radio_buttons":
    case "checkboxes":
      return <ChoiceField {...props} />;
    default:
      // Every other kind that the stand-in takes is a select.
      return <SearchField {...props} />;
  }
}
