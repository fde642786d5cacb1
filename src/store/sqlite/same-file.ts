import { statSync } from "node:fs";
import { StoreUnavailable } from "../../workflow/store-errors";

/** The database file was removed or replaced while it was open: what is written to it nobody finds again. */
export class StoreFileGone extends StoreUnavailable {
  override readonly code = "store_file_gone";

  constructor() {
    super(null);
    this.name = "StoreFileGone";
  }
}

/**
 * The lock of the database file was removed or replaced while this process held it: another one may have taken a new one and
 * write the file, so this one no longer does.
 */
export class StoreLockGone extends StoreUnavailable {
  override readonly code = "store_lock_gone";

  constructor() {
    super(null);
    this.name = "StoreLockGone";
  }
}

/** Which file stands at a path, by its device and its number there; null where there is none. */
function identityOf(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}

/**
 * Remembers which files stand at these paths.
 * @returns whether they are still there. It only looks: to open and close a file would drop all locks that this process has
 *   on it (POSIX, `fcntl`)
 */
export function rememberFiles(files: readonly string[]): () => boolean {
  const remembered = files.map(identityOf);
  return () => files.every((file, index) => identityOf(file) === remembered[index]);
}
