import { POOL_SIZE } from "./domain/service-limits";

/** What PostgreSQL, DNS or TLS say for good: who may connect, to which database, what they may do there (appendix A). */
const WRONG_FOR_GOOD = /^(28...|3D000|42501|ERR_TLS_.*|ENOENT|EACCES|ENOTFOUND|.*CERT.*|UNABLE_TO_.*)$/;

/** @param code of the error that a start met. @returns whether the same start would meet it again */
export function isWrongForGood(code: string): boolean {
  return WRONG_FOR_GOOD.test(code);
}

const ROLES = "docs/operating.md, Roles in PostgreSQL";

/**
 * What whoever starts the bot can do about a PostgreSQL database, after what is wrong.
 * @param code of the error; the driver's own errors have none, and give their name
 * @param isTls whether the connection is to be encrypted
 */
export function serverAdvice(code: string, isTls: boolean): string {
  if (/^28/.test(code))
    return "It does not let this user in: check the user, the password and sslmode in its URL, and the server's pg_hba.conf.";
  if (/^(ENOENT|EACCES)$/.test(code))
    return "Its URL names a file of sslrootcert, or a host= with a socket, that is not there or can't be read.";
  if (/^(ERR_TLS_.*|.*CERT.*|UNABLE_TO_.*)$/.test(code))
    return (
      "Its certificate does not prove that it is this host: name the host in its URL as the certificate does, and the file of " +
      "the authority's certificate with ?sslrootcert=."
    );
  if (code === "Error" && isTls)
    return "It may have no TLS: turn it on there, or add ?sslmode=disable to its URL where nobody can listen in between.";
  return ADVICE[code] ?? "Check that the server runs, and the host, the port and the database in its URL.";
}

const ADVICE: Readonly<Record<string, string>> = {
  "3D000": "There is no such database: make it, or correct the name in its URL.",
  "25006": "It can only be read, as a standby can: name the server in its URL that can be written.",
  "42501": `Its user may not make the tables, or not use them: see ${ROLES}.`,
  "53300": `It has no connection left: raise its max_connections, or run fewer bots. Each needs up to ${POOL_SIZE + 1}.`,
  ENOTFOUND: "No host has that name: check the host in its URL.",
  EAI_AGAIN: "The name of its host can't be looked up now.",
};

/** Why the bot that runs can't write its PostgreSQL database, where the error's code tells. */
export function serverReason(code: string): string | undefined {
  return REASONS[code];
}

const REASONS: Readonly<Record<string, string>> = {
  store_unavailable:
    "The PostgreSQL server does not answer, so nothing is made. Check that it runs and can be reached from here; the bot " +
    "goes on by itself.",
  "25006":
    "The PostgreSQL database can only be read, as a standby can, so nothing is made. Make it writable, and the bot goes on " +
    "by itself; or name another server in DATABASE_URL, and start the bot again.",
  "42501": `The bot's user may not write the PostgreSQL database, so nothing is made: grant it its rights, see ${ROLES}.`,
  "53100": "The disk of the PostgreSQL server is full, so nothing is made. The bot goes on by itself once it has room.",
  "53300": `The PostgreSQL server has no connection left. Raise its max_connections, or run fewer bots: each needs up to ${POOL_SIZE + 1}.`,
};
