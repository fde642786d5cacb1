import { Composer, CST, type Document, isCollection, isMap, isSeq, LineCounter, type ParsedNode, Parser } from "yaml";
import { visible } from "../domain/input-rules";
import { MAX_POLICY_BYTES, MAX_POLICY_DEPTH, MAX_POLICY_KEYS } from "../domain/policy/limits";
import { KIBIBYTE } from "../domain/units";

/** One mistake in a file, where it stands (both counted from 1), as a sentence. */
export type Mistake = { line: number; column: number; says: string };

/** A part of the file: the keys and places in lists that lead to it. */
export type Path = readonly PropertyKey[];

/** What a file holds, as plain data, and where each part of it stands. */
export type Parsed = {
  value: unknown;
  /** Where what a path leads to stands; where that is missing, what it should stand in. */
  at(path: Path): Omit<Mistake, "says">;
  /** Where the key itself stands. */
  atKey(path: Path): Omit<Mistake, "says">;
};

/** YAML 1.2 without what a policy needs none of: anchors, aliases, tags, directives, several documents, tabs. */
const OPTIONS = {
  version: "1.2",
  schema: "core",
  strict: true,
  uniqueKeys: true,
  merge: false,
  stringKeys: true,
} as const;

const SENTENCES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "This key stands here twice: only one of them can count.",
  NON_STRING_KEY: "This key is no text.",
};

/** Reads a text as YAML. @returns its data, or why it is not taken */
export function parseYaml(text: string): { ok: true; parsed: Parsed } | { ok: false; mistakes: Mistake[] } {
  const refusal = unreadable(text);
  if (refusal) return { ok: false, mistakes: [refusal] };
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: col };
  };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  for (const token of tokens) {
    // The composer goes as deep as the file does: what is too deep must not get there.
    const [unwanted] = findUnwanted(token, MAX_POLICY_DEPTH);
    if (unwanted) return { ok: false, mistakes: [{ ...place(unwanted.offset), says: unwanted.says }] };
  }
  const [document, second] = new Composer(OPTIONS).compose(tokens);
  if (!document) return { ok: false, mistakes: [EMPTY] };
  if (second)
    return {
      ok: false,
      mistakes: [{ ...place(second.range[0]), says: "A second document begins here: leave it out." }],
    };
  // What comes after the first is mostly that one's doing.
  const mistakes = [...document.errors, ...document.warnings].slice(0, 1).map(({ code, message, pos }) => ({
    ...place(pos[0]),
    says: SENTENCES[code] ?? `This is not YAML: ${visible(message)}.`,
  }));
  if (mistakes.length > 0) return { ok: false, mistakes };
  const at = (path: Path) => place(find(document, path).value);
  const atKey = (path: Path) => place(find(document, path).key);
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return value === null ? { ok: false, mistakes: [EMPTY] } : { ok: true, parsed: { value, at, atKey } };
}

const EMPTY = { line: 1, column: 1, says: "The file is empty: it has to say at least which rules there are." };

/** Why a text is not even looked through. */
function unreadable(text: string): Mistake | null {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES)
    return { line: 1, column: 1, says: `The file is larger than ${MAX_POLICY_BYTES / KIBIBYTE} KB.` };
  const before = text.slice(0, text.indexOf("\t") + 1).split("\n");
  const line = before.at(-1) ?? "";
  return line === ""
    ? null
    : { line: before.length, column: line.length, says: "A tab stands here: use spaces, as YAML wants them." };
}

type Unwanted = { offset: number; says: string };

const UNWANTED: Readonly<Record<string, string>> = {
  anchor: "An anchor (&…) stands here: write out what is meant.",
  alias: "An alias (*…) stands here: write out what is meant, or put a pattern that begins with * in quotes.",
  tag: "A tag (!…) stands here: leave it out.",
  directive: "A directive (%…) stands here: leave it out.",
};

/** Finds the tokens that no policy needs, and lists and mappings that stand too deep in each other. */
function* findUnwanted(token: CST.Token, levels: number): Generator<Unwanted> {
  if (levels === 0) {
    yield { offset: token.offset, says: `Lists and keys stand in each other more than ${MAX_POLICY_DEPTH} deep.` };
    return;
  }
  const says = UNWANTED[token.type];
  if (says) yield { offset: token.offset, says };
  if ("start" in token && Array.isArray(token.start)) for (const one of token.start) yield* findUnwanted(one, levels);
  if ("value" in token && token.value) yield* findUnwanted(token.value, levels);
  if (!CST.isCollection(token)) return;
  // Each key is held against each other one, which takes long where there are thousands.
  if (isMapping(token) && token.items.length > MAX_POLICY_KEYS)
    yield { offset: token.offset, says: `More than ${MAX_POLICY_KEYS} keys stand here, one beside the other.` };
  for (const { start, key, sep, value } of token.items) {
    for (const one of [...start, ...(sep ?? [])]) yield* findUnwanted(one, levels);
    for (const one of [key, value]) if (one) yield* findUnwanted(one, levels - 1);
  }
}

function isMapping(token: CST.Token): boolean {
  return token.type === "block-map" || (token.type === "flow-collection" && token.start.type === "flow-map-start");
}

/** Where a path leads to, as offsets: of the value, and of its key. */
function find(document: Document.Parsed, path: Path): { key: number; value: number } {
  let node: ParsedNode | null = document.contents;
  let found = { key: 0, value: node?.range[0] ?? 0 };
  for (const segment of path) {
    if (!isCollection(node)) break;
    const next = stepInto(node, segment);
    if (!next) break;
    node = next.node;
    found = { key: next.offset, value: node?.range[0] ?? next.offset };
  }
  return found;
}

function stepInto(node: ParsedNode, segment: PropertyKey): { node: ParsedNode | null; offset: number } | null {
  if (isMap<ParsedNode, ParsedNode | null>(node)) {
    const pair = node.items.find(({ key }) => "value" in key && key.value === segment);
    return pair ? { node: pair.value, offset: pair.key.range[0] } : null;
  }
  const item = isSeq<ParsedNode>(node) ? node.items[Number(segment)] : undefined;
  return item ? { node: item, offset: item.range[0] } : null;
}
