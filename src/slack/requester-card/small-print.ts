import type { Key } from "../../domain/key";
import { referenceOf } from "../blocks/access";
import { code, link, type Sentence } from "../words/sentence";

/** Where people see their organization's keys (Tigris, "Tigris Dashboard"). It has no documented address for one key. */
const DASHBOARD = "https://console.storage.dev/";

/**
 * What is needed to find a key elsewhere, and no sooner: its name in Tigris and its id. Where it is used stands with the secret, and in Details.
 * @param more what its state adds
 */
export function keySmall(key: Key, ...more: Sentence): Sentence {
  return [
    ...(key.state.kind === "deleted" ? ["In the Dashboard it was: "] : [link("In the Dashboard", DASHBOARD), ": "]),
    code(key.tigrisName),
    " · ",
    code(key.accessKeyId),
    ...more,
    ...referenceOf(key),
  ];
}
