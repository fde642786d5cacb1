import type { Permission } from "./permission";

/** What somebody looks at in their App Home: whose keys, which of them, and from where on. */
export type HomeLook = {
  whose: "own" | "everybody";
  /** Keys listed after this one (older), or before it (newer); null from the newest on. */
  from: { side: "older" | "newer"; accessKeyId: string } | null;
  /** Words to find in the name or the id; empty for all. */
  search: string;
  /** The three narrow everybody's keys: to one person, one permission, and what opens one bucket. */
  ownerId: string | null;
  permission: Permission | null;
  bucket: string | null;
  /** When all fields were emptied last: Slack keeps what is in a field as long as its block has the same id. */
  emptiedAt: number;
};

/** What a Home shows as long as nobody has asked for anything else. */
export const FIRST_LOOK: HomeLook = {
  whose: "own",
  from: null,
  search: "",
  ownerId: null,
  permission: null,
  bucket: null,
  emptiedAt: 0,
};

/** Whether a look leaves any keys out. */
export function isNarrowed({ search, ownerId, permission, bucket }: HomeLook): boolean {
  return search !== "" || ownerId !== null || permission !== null || bucket !== null;
}
