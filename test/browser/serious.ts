import { readFileSync } from "node:fs";
import type { Window } from "../../sandbox/browser/window";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

type Violation = { id: string; impact: string | null; nodes: { html: string }[] };

/** What a check of the page finds that is serious or worse. */
export async function serious({ page }: Pick<Window, "page">): Promise<string[]> {
  // The page's own policy lets no script in; a debugger's evaluation is none.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: Violation[] }>("axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
