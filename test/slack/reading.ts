type Loose = { [name: string]: unknown };

/** Every object inside a value, itself included. */
export function objectsIn(value: unknown): Loose[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== "object" || value === null) return [];
  return [{ ...value }, ...Object.values(value).flatMap(objectsIn)];
}

/** What rich text in these blocks says, row by row: people as `@id`, moments as seconds. */
export function rowsOf(blocks: readonly unknown[]): string[] {
  return objectsIn(blocks)
    .filter(({ type }) => typeof type === "string" && /^rich_text_(section|quote|preformatted)$/.test(type))
    .map(({ elements }) => (Array.isArray(elements) ? elements.map(wordOf).join("") : ""));
}

/** What blocks say, row by row: rich text as `rowsOf` gives it, then the small print. */
export function linesOf(blocks: readonly unknown[]): string[] {
  const small = objectsIn(blocks).filter(({ type }) => type === "context");
  return [...rowsOf(blocks), ...small.map((block) => smallOf([block]).join(" "))];
}

/** What stands in small print, sentence by sentence: people as `@id`, moments as seconds, links as `[text](address)`. */
export function smallOf(blocks: readonly unknown[]): string[] {
  return objectsIn(blocks)
    .filter(({ type }) => type === "context")
    .flatMap(({ elements }) => objectsIn(elements).filter(({ type }) => type === "mrkdwn"))
    .map(({ text }) =>
      String(text)
        .replace(/<!date\^(\d+)[^>]*>/g, "[$1]")
        .replace(/<(?:!subteam\^|@)([A-Z0-9]+)>/g, "@$1")
        .replace(/<(http[^|>]*)\|([^>]*)>/g, "[$2]($1)")
        .replace(/[`\u200B]/g, ""),
    );
}

/** The labels of buttons, and of a menu's options after a `⋯`. */
export function labelsOf(blocks: readonly unknown[]): string[] {
  return objectsIn(blocks).flatMap(({ type, text, options }) => {
    if (type === "button") return [String(textOf(text))];
    return type === "overflow"
      ? Object.values({ ...Object(options) }).map((one) => `⋯ ${textOf(Object(one).text)}`)
      : [];
  });
}

function wordOf(element: Loose): string {
  if (element.type === "user") return `@${element.user_id}`;
  if (element.type === "usergroup") return `@${element.usergroup_id}`;
  if (element.type === "channel") return `#${element.channel_id}`;
  return element.type === "date" ? `[${element.timestamp}]` : String(element.text).replaceAll("\u2060", "");
}

/** The buttons in blocks: what they say, what they do, what they hold, and what they ask first. */
export function buttonsOf(blocks: readonly unknown[]) {
  return objectsIn(blocks)
    .filter(({ type }) => type === "button")
    .map((button) => ({
      label: textOf(button.text),
      actionId: button.action_id,
      value: button.value,
      style: button.style,
      asks: button.confirm === undefined ? null : asked({ ...Object(button.confirm) }),
    }));
}

function asked({ title, text }: Loose): string {
  return `${textOf(title)} ${textOf(text)}`;
}

function textOf(object: unknown): unknown {
  return { ...Object(object) }.text;
}

/** The input blocks of a view, by their ids. */
export function inputsOf(view: { blocks: readonly unknown[] }): Record<string, Loose> {
  const inputs = objectsIn(view.blocks).filter(({ type }) => type === "input");
  return Object.fromEntries(inputs.map((input) => [String(input.block_id), input]));
}

/** The element of an input block. */
export function elementOf(input: Loose | undefined): Loose {
  return { ...Object(input?.element) };
}
