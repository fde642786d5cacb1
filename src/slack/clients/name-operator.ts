import type { Operator } from "../../domain/person";
import { ANONYMOUS_OPERATOR, OPERATOR_MARK } from "../words/sentence";

/**
 * Names whoever runs the bot in what goes to Slack, wherever it was drawn with their mark: as a mention, or in plain text and
 * where nobody is named as "whoever runs this bot". Everything else stays the very object that it was.
 */
export function nameOperator<Payload>(payload: Payload, operator: Operator | null): Payload {
  return named(payload, operator) as Payload;
}

function named(value: unknown, operator: Operator | null): unknown {
  if (typeof value === "string")
    return value.replaceAll(OPERATOR_MARK, operator ? mention(operator) : ANONYMOUS_OPERATOR);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return namedIn(
      value,
      value.map((one) => named(one, operator)),
    );
  if (isPlainText(value)) return namedFields(value, null);
  return isOperatorElement(value) && operator ? element(operator) : namedFields(value, operator);
}

function namedFields(value: object, operator: Operator | null): unknown {
  const entries = Object.entries(value).map(([name, one]) => [name, named(one, operator)] as const);
  return entries.every(([name, one]) => one === (value as Record<string, unknown>)[name])
    ? value
    : Object.fromEntries(entries);
}

function namedIn(before: readonly unknown[], after: unknown[]): readonly unknown[] {
  return after.every((one, index) => one === before[index]) ? before : after;
}

/** Slack shows no mentions in plain text. */
function isPlainText(value: object): boolean {
  return "type" in value && value.type === "plain_text";
}

/** What `line` draws for the operator: text of its own, which nobody can type. */
function isOperatorElement(value: object): boolean {
  return "type" in value && value.type === "text" && "text" in value && value.text === OPERATOR_MARK;
}

function element({ kind, id }: Operator): object {
  return kind === "group" ? { type: "usergroup", usergroup_id: id } : { type: "user", user_id: id };
}

function mention({ kind, id }: Operator): string {
  return kind === "group" ? `<!subteam^${id}>` : `<@${id}>`;
}
