/** What a walk over all keys showed of what a whole list has to show. */
export type Shown = {
  /** Whether the bot's own key was in it, and whether lists of this organisation have ever shown that one. */
  isOwnListed: boolean;
  wasOwnEverListed: boolean;
  /** How many keys of the record it had to show. */
  expected: number;
  /** Of these, how many it did not show although they are there, or although nobody could say that they are gone. */
  missing: number;
  /** Of these, how many a look at the one key missed too. */
  gone: number;
};

/**
 * Whether nothing that there is can be missing from a list. The bot's own key in it proves that; where no list ever shows that
 * one, every key that is on has to be in it, and at least one: a list that shows nothing proves nothing.
 */
export function isWholeList({ isOwnListed, wasOwnEverListed, expected, missing, gone }: Shown): boolean {
  if (isOwnListed) return true;
  return !wasOwnEverListed && missing === 0 && expected > gone;
}
