import { inspect } from "node:util";
import { readTigrisAccess } from "../src/config-parts";

const KEY = { AWS_ACCESS_KEY_ID: "tid_a", AWS_SECRET_ACCESS_KEY: "tsec_a_secret" };

function accepted(changes: NodeJS.ProcessEnv) {
  const reading = readTigrisAccess({ ...KEY, ...changes });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading;
}

test("the way through a proxy is read, written large or small, and its address is a secret", () => {
  for (const env of [{}, { NO_PROXY: "*" }]) expect(accepted(env).proxy).toBe(null);
  const url = "http://bot:Proxy%20Secret@proxy.example:3128";
  const { proxy } = accepted({
    HTTPS_PROXY: "https://other.example",
    https_proxy: url,
    NO_PROXY: "a.example,[::1]:443 *.b.example",
  });
  expect(proxy?.url.expose()).toBe(url);
  expect(proxy?.direct).toEqual([
    { host: "a.example", port: null },
    { host: "::1", port: "443" },
    { host: "b.example", port: null },
  ]);
  expect(inspect(accepted({ HTTPS_PROXY: url }), { depth: null, showHidden: true })).not.toContain("proxy.example");
});
