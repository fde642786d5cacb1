import { createContext, use } from "react";
import type { Option } from "../../slack/elements";
import type { ElementAt } from "../../slack/person/shown";

/** What fields do with what somebody fills in. */
export type Form = {
  /** Notes a text; it is sent before anything else is done. */
  type: (at: ElementAt, text: string) => void;
  /** Sends a text that Enter has ended. */
  enter: (at: ElementAt, text: string) => Promise<void>;
  /** Sends the texts that were noted. */
  sendTyped: () => Promise<void>;
  choose: (at: ElementAt, options: Option[]) => Promise<void>;
  suggest: (at: ElementAt, search: string) => Promise<Option[]>;
};

const FormContext = createContext<Form | null>(null);
export const FormProvider = FormContext.Provider;

/** @throws outside of a `FormProvider` */
export function useForm(): Form {
  const form = use(FormContext);
  if (!form) throw new Error("this field is in no form");
  return form;
}

/** What every kind of field gets: ids for its labels, and whether something is wrong with it. */
export type Labels = { id: string; labelledBy: string; describedBy: string | undefined; isInvalid: boolean };
