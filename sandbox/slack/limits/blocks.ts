import { boolean, byType, type Check, list, literal, number, object, type Problems, problem, string } from "./check";
import { actionElement, anyText, inputElement, optionList, plainText } from "./elements";
import { LIMITS } from "./table";

const blockId = { block_id: string(1, LIMITS.id) };

const style = object({}, { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean });
const userId = string(2, LIMITS.id);
const richText = object({ type: literal("text"), text: string(1, LIMITS.text) }, { style });
const richElement = byType({
  text: richText,
  user: object({ type: literal("user"), user_id: userId }, { style }),
  usergroup: object({ type: literal("usergroup"), usergroup_id: userId }, { style }),
  link: object({ type: literal("link"), url: string(1, 3_000) }, { text: string(1, LIMITS.text), style }),
  channel: object({ type: literal("channel"), channel_id: userId }, { style }),
  date: object(
    { type: literal("date"), timestamp: number(0, 99_999_999_999), format: string(1, 255) },
    { url: string(1, 3_000), fallback: string(1, 255), style },
  ),
});

const richBlock = byType({
  rich_text_section: object({ type: literal("rich_text_section"), elements: list(richElement, 0, 1_000) }),
  rich_text_preformatted: object(
    { type: literal("rich_text_preformatted"), elements: list(byType({ text: richText }), 1, 1_000) },
    { border: number(0, 1), language: string(1, LIMITS.id) },
  ),
  rich_text_quote: object(
    { type: literal("rich_text_quote"), elements: list(richElement, 1, 1_000) },
    { border: number(0, 1) },
  ),
});

const messageBlocks = {
  section: object({ type: literal("section"), text: anyText(LIMITS.text) }, { accessory: actionElement, ...blockId }),
  divider: object({ type: literal("divider") }, blockId),
  header: object({ type: literal("header"), text: plainText(LIMITS.header) }, blockId),
  context: object(
    { type: literal("context"), elements: list(anyText(LIMITS.text), 1, LIMITS.contextElements) },
    blockId,
  ),
  actions: object({ type: literal("actions"), elements: list(actionElement, 1, LIMITS.actionElements) }, blockId),
  rich_text: object({ type: literal("rich_text"), elements: list(richBlock, 1, 1_000) }, blockId),
};

const input = object(
  { type: literal("input"), label: plainText(LIMITS.input.label), element: inputElement },
  { hint: plainText(LIMITS.input.hint), optional: boolean, dispatch_action: boolean, ...blockId },
);

const viewBlocks = { ...messageBlocks, input };

/** What is wrong with the blocks of a message; nothing where Slack would take them. */
export function messageProblems(blocks: unknown): Problems {
  const problems: Problems = [];
  list(byType(messageBlocks), 0, LIMITS.blocks.message)(blocks, "/blocks", problems);
  uniqueIds(blocks, "/blocks", problems);
  return problems;
}

const anyView = {
  private_metadata: string(0, LIMITS.view.privateMetadata),
  callback_id: string(0, LIMITS.view.callbackId),
};
const blocksOfView = list(byType(viewBlocks), 0, LIMITS.blocks.view);

const modal = object(
  { type: literal("modal"), title: plainText(LIMITS.view.title), blocks: blocksOfView },
  { submit: plainText(LIMITS.view.submit), close: plainText(LIMITS.view.close), ...anyView },
);

/** A Home tab has neither a title nor buttons of its own (Slack, "App Home"). */
const home = object({ type: literal("home"), blocks: blocksOfView }, anyView);

/** What is wrong with a modal; nothing where Slack would take it. */
export function viewProblems(view: unknown): Problems {
  const problems = problemsOf(modal, view);
  if (problems.length > 0) return problems;
  const { blocks, submit } = view as { blocks: { type: string }[]; submit?: unknown };
  if (submit === undefined && blocks.some(({ type }) => type === "input"))
    problem(problems, "missing required field: submit", "/view");
  return problems;
}

/** What is wrong with a Home tab; nothing where Slack would take it. */
export function homeProblems(view: unknown): Problems {
  return problemsOf(home, view);
}

function problemsOf(check: Check, view: unknown): Problems {
  const problems: Problems = [];
  check(view, "/view", problems);
  if (problems.length === 0) uniqueIds((view as { blocks: unknown }).blocks, "/view/blocks", problems);
  return problems;
}

/** What is wrong with the options that an app suggests. */
export function optionProblems(options: unknown): Problems {
  const problems: Problems = [];
  optionList(options, "/options", problems);
  return problems;
}

function uniqueIds(blocks: unknown, at: string, problems: Problems): void {
  if (!Array.isArray(blocks)) return;
  const seen = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const { block_id: id, elements } = (block ?? {}) as { block_id?: string; elements?: unknown };
    if (id !== undefined && seen.has(id)) problem(problems, `\`block_id\` ${id} already exists`, `${at}/${index}`);
    if (id !== undefined) seen.add(id);
    if (Array.isArray(elements)) uniqueActions(elements, `${at}/${index}/elements`, problems);
  }
}

function uniqueActions(elements: readonly unknown[], at: string, problems: Problems): void {
  const ids = elements.map((element) => (element as { action_id?: string } | null)?.action_id).filter(Boolean);
  if (new Set(ids).size < ids.length) problem(problems, "`action_id` already exists", at);
}
