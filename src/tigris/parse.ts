import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { MAX_RESPONSE_BYTES } from "../domain/service-limits";
import { tigrisErrorCode } from "./schemas";

/** A response's text as plain data: objects, arrays and text. Null where it is neither JSON nor XML. */
export type Tree = unknown;

const xml = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  processEntities: false,
});

/**
 * Reads a response's text as JSON or XML, whichever it is, without an outermost element `…Response`.
 * Never throws. Long XML is not read: lists come as JSON.
 */
export function parse(text: string): Tree {
  const start = text.trimStart();
  try {
    if (start.startsWith("{")) return unwrapped(JSON.parse(start));
    if (start.startsWith("<") && start.length <= MAX_RESPONSE_BYTES) return unwrapped(xml.parse(start, true));
  } catch {
    // The parsers' errors quote the text, which may hold a secret.
  }
  return null;
}

function unwrapped(tree: Tree): Tree {
  if (typeof tree !== "object" || tree === null) return null;
  const [root, ...others] = Object.entries(tree);
  return root && others.length === 0 && root[0].endsWith("Response") ? root[1] : tree;
}

const coded = z.object({ Code: tigrisErrorCode });
const wrapped = z.object({ Error: coded });

/** The code of an error: JSON `{"Code"}`, XML `<Error><Code/></Error>`, alone or in an `<ErrorResponse>`; or null. */
export function codeOf(tree: Tree): string | null {
  return coded.safeParse(tree).data?.Code ?? wrapped.safeParse(tree).data?.Error.Code ?? null;
}
