/** A code of an error's, or its name; never its text, which may hold what was sent. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : error instanceof Error ? error.name : "unknown";
}
