import { code } from "./sentence";

/** The slash command, as `manifest.yml` names it. */
export const COMMAND = "/tigris-key";

/** The words that may follow the command. */
export const WORDS = {
  create: "create",
  list: "list",
  delete: "delete",
  rotate: "rotate",
  breakGlass: "break-glass",
  report: "report",
  help: "help",
} as const;

/** What may follow `list`, beside a person. */
export const ALL = "all";

/** How a key is asked for, in a sentence. */
export const CREATE = code(`${COMMAND} ${WORDS.create}`);

/** What ends a no that changed nothing. */
export const NOTHING_CHANGED = " Nothing was changed.";
