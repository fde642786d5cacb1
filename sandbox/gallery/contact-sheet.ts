import type { Pictured } from "./pictured";

/** A desktop's window and a phone's, in pixels. */
export const WIDTHS = [1_280, 390] as const;

/** One page with all pictures, by group: the same state at each width side by side. */
export function contactSheet(entries: readonly Pick<Pictured, "id" | "group" | "name">[]): string {
  const groups = [...new Set(entries.map(({ group }) => group))];
  const links = groups.map((group) => `<li><a href="#${escaped(anchorOf(group))}">${escaped(group)}</a></li>`);
  const chapters = groups.map((group) => chapter(group, entries));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Everything that the bot shows</title>
<style>
body { margin: 24px; font-family: system-ui, sans-serif; background: #eceef1; }
nav ul { columns: 3; }
figure { margin: 0 0 28px; }
figcaption { margin-bottom: 6px; font-weight: 700; }
figure div { display: flex; gap: 20px; align-items: flex-start; }
img { background: #fff; box-shadow: 0 1px 4px rgb(0 0 0 / 25%); }
</style>
<h1>Everything that the bot shows</h1>
<nav><ul>${links.join("")}</ul></nav>
${chapters.join("\n")}
</html>
`;
}

function chapter(group: string, entries: readonly Pick<Pictured, "id" | "group" | "name">[]): string {
  const figures = entries.filter((entry) => entry.group === group).map(figure);
  return `<section id="${escaped(anchorOf(group))}"><h2>${escaped(group)}</h2>\n${figures.join("\n")}\n</section>`;
}

function figure({ id, name }: Pick<Pictured, "id" | "name">): string {
  const images = WIDTHS.map(
    (width) => `<img loading="lazy" src="${id}-${width}.png" alt="${escaped(name)}, ${width} wide">`,
  );
  return `<figure><figcaption>${escaped(name)}</figcaption><div>${images.join("")}</div></figure>`;
}

function anchorOf(group: string): string {
  return group.toLowerCase().replace(/[^a-z]+/g, "-");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
