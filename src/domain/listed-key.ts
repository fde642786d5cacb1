/** An access key as Tigris lists it; what Tigris did not say is null. */
export type ListedKey = {
  accessKeyId: string;
  name: string;
  createdAtMs: number | null;
  creator: string | null;
};

/** The same with its power: its roles as Tigris writes them, none where it names none, and whether it is switched on. */
export type KeyAtTigris = ListedKey & {
  roles: readonly { bucket: string; role: string }[];
  status: "active" | "inactive" | null;
};
