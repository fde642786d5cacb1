import { get } from "node:http";

/** The port where `PORT` is left out, as in config.ts. */
const DEFAULT_PORT = 3000;

/** Addresses to listen on that mean "all of them". Over `::` Node listens on IPv4 too (Node, `server.listen`). */
const ALL_ADDRESSES: readonly string[] = ["0.0.0.0", "::"];

/**
 * Where a bot with this environment answers to its own machine.
 * @param env `HOST` and `PORT` as the bot reads them: with spaces around, in brackets, or set to nothing
 * @returns what `node:http` takes; an IPv6 address without brackets
 */
export function healthAddress({ HOST, PORT }: { HOST?: string | undefined; PORT?: string | undefined }): {
  host: string;
  port: number;
} {
  const listened = HOST?.trim().replace(/^\[(.*)\]$/, "$1") || "127.0.0.1";
  const host = ALL_ADDRESSES.includes(listened) ? "127.0.0.1" : listened;
  return { host, port: Number(PORT?.trim() || DEFAULT_PORT) };
}

/** Asks `/healthz`. @returns whether the process there answers that it is alive; anything else counts as no */
export function isAlive({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    // An agent of its own: no connection stays open, and no proxy of the environment comes between.
    const asked = get({ host, port, path: "/healthz", agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on("error", () => resolve(false));
  });
}

// `node dist/health-check.js`, for the image: exit code 0 or 1. Docker sets its time limit.
if (require.main === module) {
  void isAlive(healthAddress(process.env)).then((alive) => {
    process.exitCode = alive ? 0 : 1;
  });
}
