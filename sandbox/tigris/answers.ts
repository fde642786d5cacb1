import { type Answer, jsonAnswer } from "../answer";
import { xml, xmlAnswer } from "./errors";
import type { IamCall } from "./iam-call";

/** What an action found or made: JSON where it was asked for, else XML of AWS's query protocol. */
export function resultAnswer({ format, params }: IamCall, result: Record<string, unknown>): Answer {
  const name = `${params.Action}Result`;
  if (format === "json") return jsonAnswer(200, { [name]: result });
  const body = elements({ [name]: result, ResponseMetadata: { RequestId: "sandbox" } });
  return xmlAnswer(200, `<${params.Action}Response>${body}</${params.Action}Response>`);
}

/** That an action without a result is done. It is XML also where JSON was asked for: no public client reads it. */
export function doneAnswer({ params }: IamCall): Answer {
  return xmlAnswer(200, `<${params.Action}Response><ResponseMetadata/></${params.Action}Response>`);
}

/** A value as elements: lists have members, as in all of AWS's query protocol. */
function elements(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${elements(one)}</member>`).join("");
  if (typeof value !== "object" || value === null) return xml(String(value ?? ""));
  return Object.entries(value)
    .map(([name, one]) => `<${name}>${elements(one)}</${name}>`)
    .join("");
}
