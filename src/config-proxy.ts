import { setting } from "./config-values";
import { Secret } from "./domain/secret";

/** A name or an address that is reached without the proxy; `port` null for all of its ports. */
export type DirectHost = { host: string; port: string | null };

/** The way out of the network. The whole address of the proxy is a secret, since it may hold a password. */
export type ProxyConfig = { url: Secret; direct: readonly DirectHost[] };

/** The proxy that settings name; null where Slack and Tigris are reached directly. */
export function toProxy(env: {
  HTTPS_PROXY?: Secret | undefined;
  NO_PROXY?: readonly DirectHost[] | undefined;
}): ProxyConfig | null {
  return env.HTTPS_PROXY === undefined ? null : { url: env.HTTPS_PROXY, direct: env.NO_PROXY ?? [] };
}

/** The address of a proxy, which may hold a user name and a password. */
export const proxyUrl = setting((text) => {
  if (!/^https?:\/\//i.test(text)) return { problem: "does not begin with http:// or https://" };
  if (!URL.canParse(text)) return { problem: "is not a URL" };
  const { pathname, search, hash, username, password } = new URL(text);
  if (pathname !== "/" || search !== "" || hash !== "") return { problem: "has more than a host and a port" };
  if (!isEncoded(username) || !isEncoded(password))
    return { problem: "has a user name or a password that is not percent-encoded" };
  return { value: new Secret(text) };
});

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // The error would quote it.
    return false;
  }
}

/** Hosts that are reached directly. What is of no known form matches nothing: other programs read this variable too. */
export const noProxy = setting((text) => ({
  value: text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(directHost),
}));

/** `example.com`, `.example.com`, `*.example.com`, each with its subdomains; an address; `*`; each with `:port` or without. */
function directHost(entry: string): DirectHost {
  const [, bracketed, port] = /^\[(.*)\](?::(\d+))?$/.exec(entry) ?? /^([^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  const host = (bracketed ?? entry).toLowerCase().replace(/^\*?\.(?=.)/, "");
  return { host, port: port ?? null };
}

/** Both variables may be written small too; that one goes first, as it does for curl and others (curl, "Environment"). */
export function withProxyNames(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    HTTPS_PROXY: env.https_proxy?.trim() || env.HTTPS_PROXY,
    NO_PROXY: env.no_proxy?.trim() || env.NO_PROXY,
  };
}
