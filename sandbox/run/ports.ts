import { createServer } from "node:net";

/** @throws Error in words for whoever started this, where something else has the port */
export async function mustBeFree(port: number): Promise<void> {
  if (port !== 0 && (await listenOnce(port)) === null)
    throw new Error(
      `Port ${port} is in use, perhaps by another sandbox. End that one, or take another port:\n  npm run sandbox -- --port ${port + 1}`,
    );
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === null) throw new Error("This machine has no free port.");
  return port;
}

/** @returns the port, or null where it can't be had */
function listenOnce(port: number): Promise<number | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}
