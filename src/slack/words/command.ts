/** The slash command, as `manifest.yml` names it. */
export const COMMAND = "/tigris-key";

/** The words that may follow the command. */
export const WORDS = { create: "create", list: "list", delete: "delete", help: "help" } as const;

/** What may follow `list`, beside a person. */
export const ALL = "all";
