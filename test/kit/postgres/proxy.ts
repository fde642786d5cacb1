import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createTransactionReader } from "./transactions";
import { createMessageReader, createStatementReader, isTlsRequest, type Message } from "./wire";

const HOST = "127.0.0.1";
/** The server says so when it has answered all that it was asked. */
const READY_FOR_QUERY = "Z";
/** The whole answer to a request for TLS: the client goes on without, or gives up. */
const NO_TLS = "N";

/** Which commit is meant: by the statements of its transaction, with what was bound to them as text. */
export type Which = { when: (statements: string[]) => boolean };

/** Resolves, with the statements of the transaction, once the connection is cut. */
export type Cut = Promise<string[]>;

/** A commit that waits on its way: `reached` resolves, with the statements of its transaction, once it does. */
export type HeldCommit = { reached: Promise<string[]>; release(): void };

/**
 * Stands between bots and a PostgreSQL server without TLS. It passes everything, and counts; what a test arms happens once,
 * to the first commit that is meant.
 */
export type PostgresProxy = {
  /** The address of a database, through the proxy. */
  urlOf(url: string): string;
  /** The next such commit takes effect, but its answer is lost with the connection. */
  cutAnswerOfNextCommit(which?: Which): Cut;
  /** The connection is lost before the next such commit reaches the server, which rolls back. */
  cutBeforeNextCommit(which?: Which): Cut;
  /** The next such commit waits before it reaches the server, or its answer before it reaches the client. */
  holdNextCommit(when: "before" | "after", which?: Which): HeldCommit;
  /** Nothing goes through, in either direction, until it is resumed. */
  stall(): void;
  resume(): void;
  /** Refuses new connections: nobody listens any more. */
  refuse(): Promise<void>;
  /** Takes connections again, at the same address. */
  accept(): Promise<void>;
  /** Cuts all connections that there are. */
  cutAll(): void;
  /** Connections that are open now, and all that there ever were. */
  count(): { open: number; total: number };
  stop(): Promise<void>;
};

/** What is done to a commit: its connection is cut, or it waits for a promise; before it takes effect, or after that. */
type Armed = {
  when: "before" | "after";
  until: Promise<void> | null;
  met: (statements: string[]) => void;
  which: Which;
};
const ANY: Which = { when: () => true };

type Session = { cut(): void; pause(): void; resume(): void };

/** Starts a proxy on loopback. @param target where the server listens. Whoever calls it stops it. */
export async function startPostgresProxy(target: { host: string; port: number }): Promise<PostgresProxy> {
  const armed = new Set<Armed>();
  const sessions = new Set<Session>();
  let [total, isStalled, port] = [0, false, 0];
  const server = createServer({ noDelay: true }, (client) => {
    total += 1;
    const session = startSession({ client, server: connect({ ...target, noDelay: true }), armed });
    sessions.add(session);
    client.once("close", () => sessions.delete(session));
    if (isStalled) session.pause();
  });

  async function listen(): Promise<void> {
    server.listen(port, HOST);
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  }

  async function refuse(): Promise<void> {
    // It closes at once for new connections; its callback would wait for the end of those that there are.
    if (server.listening) server.close();
  }

  function cutAll(): void {
    for (const session of sessions) session.cut();
  }

  function arm(when: Armed["when"], which = ANY, until: Armed["until"] = null): Cut {
    return new Promise((met) => void armed.add({ when, until, met, which }));
  }

  await listen();
  return {
    urlOf: (url) => {
      const through = new URL(url);
      through.host = `${HOST}:${port}`;
      return through.href;
    },
    cutAnswerOfNextCommit: (which) => arm("after", which),
    cutBeforeNextCommit: (which) => arm("before", which),
    holdNextCommit: (when, which) => {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      return { reached: arm(when, which, released), release };
    },
    stall: () => {
      isStalled = true;
      for (const session of sessions) session.pause();
    },
    resume: () => {
      isStalled = false;
      for (const session of sessions) session.resume();
    },
    refuse,
    accept: listen,
    cutAll,
    count: () => ({ open: sessions.size, total }),
    stop: async () => {
      const closed = server.listening ? once(server, "close") : null;
      await refuse();
      cutAll();
      await closed;
    },
  };
}

/** Writes to a socket, or keeps what there is to write until a promise resolves. */
function createGate(socket: Socket): { write(bytes: Buffer): void; hold(until: Promise<void>): void } {
  let kept: Buffer[] | null = null;
  const write = (bytes: Buffer) => {
    if (socket.writable) socket.write(bytes);
  };
  return {
    write: (bytes) => {
      if (kept) kept.push(bytes);
      else write(bytes);
    },
    hold: (until) => {
      kept = [];
      void until.then(() => {
        for (const bytes of kept ?? []) write(bytes);
        kept = null;
      });
    },
  };
}

type Ends = { client: Socket; server: Socket; armed: Set<Armed> };

function startSession({ client, server, armed }: Ends): Session {
  const readClient = createMessageReader({ starts: true });
  const readServer = createMessageReader({ starts: false });
  const statementOf = createStatementReader();
  const committedBy = createTransactionReader();
  const toServer = createGate(server);
  const toClient = createGate(client);
  /** A commit is on its way whose answer is meant. */
  let answering: { isCut: boolean; met: () => void } | null = null;

  function cut(): void {
    // A reset, as from a machine that went away: neither side hears a goodbye.
    client.resetAndDestroy();
    server.destroy();
  }

  function hitBy(message: Message): (Pick<Armed, "when" | "until"> & { met: () => void }) | null {
    const statement = statementOf(message);
    const statements = statement === null ? null : committedBy(statement);
    const hit = statements && [...armed].find(({ which }) => which.when(statements));
    if (!hit) return null;
    armed.delete(hit);
    return { when: hit.when, until: hit.until, met: () => hit.met(statements) };
  }

  function fromClient(message: Message): void {
    // What came with a commit that was cut goes nowhere.
    if (client.destroyed) return;
    if (isTlsRequest(message)) {
      client.write(NO_TLS);
      return;
    }
    const hit = hitBy(message);
    if (hit?.when === "before") {
      if (hit.until !== null) toServer.hold(hit.until);
      else cut();
      hit.met();
    }
    if (hit?.when === "after") {
      answering = { isCut: hit.until === null, met: hit.met };
      if (hit.until !== null) toClient.hold(hit.until);
    }
    toServer.write(message.bytes);
  }

  function fromServer(chunk: Buffer): void {
    for (const { type, bytes } of readServer(chunk)) {
      if (!answering?.isCut) toClient.write(bytes);
      if (answering === null || type !== READY_FOR_QUERY) continue;
      const { isCut, met } = answering;
      answering = null;
      if (isCut) cut();
      met();
    }
  }

  client.on("data", (chunk) => {
    for (const message of readClient(chunk)) fromClient(message);
  });
  server.on("data", fromServer);
  client.on("end", () => server.end());
  server.on("end", () => client.end());
  client.on("error", () => server.destroy());
  server.on("error", () => client.resetAndDestroy());
  return {
    cut,
    pause: () => void [client, server].map((socket) => socket.pause()),
    resume: () => void [client, server].map((socket) => socket.resume()),
  };
}
