import { execFileSync } from "node:child_process";
import { chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerFolder } from "./folder";

/** Files of PEM text. */
export type Certificates = { caFile: string; certificateFile: string; keyFile: string };

const DAYS = "2";

/**
 * Makes a certificate authority, and a server's certificate by it, with `openssl`.
 * @param hosts the names that the certificate is for, such as `localhost`
 */
export function makeCertificates({ path, owner }: ServerFolder, hosts: string[]): Certificates {
  const file = (name: string) => join(path, name);
  const openssl = (...command: string[]) => execFileSync("openssl", command, { cwd: path, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-days", DAYS, "-subj", "/CN=sandbox CA", "-keyout", "ca.key", "-out", "ca.pem");
  openssl("req", ...key, "-subj", `/CN=${hosts[0]}`, "-keyout", "server.key", "-out", "server.csr");
  writeFileSync(file("names"), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}\n`);
  const ca = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
  openssl("x509", "-req", "-in", "server.csr", ...ca, "-days", DAYS, "-extfile", "names", "-out", "server.pem");
  // PostgreSQL takes only a key of its own user, which nobody else can read; openssl writes it so.
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file("server.key"), owner.uid, owner.gid);
  return { caFile: file("ca.pem"), certificateFile: file("server.pem"), keyFile: file("server.key") };
}
