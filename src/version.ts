/** The version of the bot, as `package.json` has it: a database says which version wrote it. */
export const VERSION = "0.7.0";
