import type { ShownMessage, ShownView } from "../slack";

const WIDTH = 100;

export function heading(text: string): void {
  process.stdout.write(`\n── ${text} ${"─".repeat(Math.max(0, WIDTH - text.length - 4))}\n`);
}

export function does(who: string, what: string): void {
  process.stdout.write(`\n${who} ${what}\n`);
}

/** What somebody has on their screen: a message, or a form. */
export function sees(who: string, shown: ShownMessage | ShownView): void {
  const where =
    "title" in shown ? `the form “${shown.title}”` : shown.isEphemeral ? "only visible to them" : "a message";
  const lines = [...shown.text.split("\n"), ...fieldsOf(shown), buttonsOf(shown)].filter((line) => line !== "");
  process.stdout.write(`  ${who} sees (${where}):\n${lines.map((line) => `  │ ${masked(line)}`).join("\n")}\n`);
}

export function proves(what: string): void {
  process.stdout.write(`  ✓ ${what}\n`);
}

function fieldsOf(shown: ShownMessage | ShownView): string[] {
  if (!("fields" in shown)) return [];
  return Object.entries(shown.fields).map(([label, { value }]) => `${label}: ${[value ?? "…"].flat().join(", ")}`);
}

function buttonsOf({ buttons }: ShownMessage | ShownView): string {
  return buttons.map(({ label }) => `[${label}]`).join(" ");
}

/** A secret of the stand-in opens nothing, but nobody should get used to the sight. */
function masked(line: string): string {
  return line.replace(/(tsec_.{6})[\w+/=-]+/g, "$1…");
}
