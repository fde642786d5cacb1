import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { homeProblems, messageProblems, viewProblems } from "../../sandbox/slack/limits/blocks";
import { ACTIONS, BLOCKS, OLDER, PAGING } from "../../src/slack/ids";
import { BUTTONS, TITLES } from "../../src/slack/words/labels";
import { gallery } from ".";
import type { Entry } from "./entry";
import { EXAMPLE_SECRET } from "./records";
import { textsOf } from "./texts";

const SLACK = join(__dirname, "..", "..", "src", "slack");

const ENTRIES = gallery();
const WHOLE = JSON.stringify(ENTRIES);

test("each entry has a name of its own", () => {
  const names = ENTRIES.map(({ group, name }) => `${group}: ${name}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test("it is the same whenever it is drawn", () => {
  expect(JSON.stringify(gallery())).toBe(WHOLE);
});

/** Pieces of messages and views, and what passes whole ones on. */
const OTHERS = ["blocks", "interaction"].map((folder) => join(SLACK, folder));

/** The functions that draw a whole message or view. */
function drawers(): string[] {
  const drawer = /^export function (\w+)\((?:(?!^\}$).)*?\): (?:Message|ModalView|HomeView) \{$/gms;
  return readdirSync(SLACK, { recursive: true, encoding: "utf8" })
    .map((path) => join(SLACK, path))
    .filter((path) => path.endsWith(".ts") && !OTHERS.some((folder) => path.startsWith(folder)))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(drawer)].map(([, name]) => name ?? ""));
}

test("whatever draws a message or a view is in it", () => {
  const sources = readdirSync(__dirname).map((name) => readFileSync(join(__dirname, name), "utf8"));
  const missing = drawers().filter((name) => !sources.some((source) => new RegExp(`\\b${name}\\b`).test(source)));
  expect(drawers()).toEqual(expect.arrayContaining(["createForm", "requesterCard", "secretMessage"]));
  expect(missing).toEqual([]);
});

/** What only messages and forms of earlier versions hold. */
const EARLIER = new Set<string>(Object.values(OLDER).flatMap((ids) => Object.values(ids)));

test("each button, title, action and field that there is stands somewhere in it", () => {
  const labels = new Set(ENTRIES.flatMap((entry) => textsOf(entry).labels));
  const ids = [ACTIONS, ...Object.values(PAGING), BLOCKS].flatMap((named) => Object.values(named));
  expect([...Object.values(BUTTONS), ...Object.values(TITLES)].filter((label) => !labels.has(label))).toEqual([]);
  // An option of a menu holds the id of the button that it stands for, and what that is about.
  const missing = ids.filter((id) => !EARLIER.has(id) && !new RegExp(`"${id}[":_]`).test(WHOLE));
  expect(missing).toEqual([]);
});

test("Slack would take each of them", () => {
  const refused = ENTRIES.flatMap((entry) => {
    return problemsOf(entry).map((problem) => `${entry.group}, ${entry.name}: ${problem}`);
  });
  expect(refused).toEqual([]);
});

function problemsOf(entry: Entry): string[] {
  if (entry.kind === "message") return messageProblems(entry.message.blocks);
  return entry.kind === "modal" ? viewProblems(entry.view) : homeProblems(entry.view);
}

test("a secret is in the message that shows it, and in none of the notifications", () => {
  const holding = ENTRIES.filter((entry) => JSON.stringify(entry).includes(EXAMPLE_SECRET));
  expect(new Set(holding.map(({ group }) => group))).toEqual(new Set(["The secret"]));
  for (const entry of holding) expect(entry.kind === "message" && entry.message.text).not.toContain(EXAMPLE_SECRET);
});

test("whatever waits has a rule by which it is decided, but where that is what is shown", () => {
  const without = ENTRIES.filter((entry) => JSON.stringify(entry).includes("no rule has anybody decide this"));
  expect(without.map(({ group }) => group)).toEqual(["Approvals card: a request by a rule that is gone"]);
});

/** Every button in some blocks, however deep. */
function buttonsIn(value: unknown): { text: { text: string }; accessibility_label?: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(buttonsIn);
  return (value as { type?: unknown }).type === "button" ? [value as never, ...inside] : inside;
}

test("what is spoken for a button holds its label: people say what they see to press it by voice", () => {
  const spoken = buttonsIn(ENTRIES).flatMap(({ text, accessibility_label: said }) => (said ? [[text.text, said]] : []));
  expect(spoken.length).toBeGreaterThan(100);
  expect(spoken.filter(([label, said]) => !said?.includes(label ?? ""))).toEqual([]);
});
