/** An access key as Tigris lists it; what Tigris did not say is null. */
export type ListedKey = {
  accessKeyId: string;
  name: string;
  createdAtMs: number | null;
  creator: string | null;
};
