import { format, inspect } from "node:util";
import { Secret } from "../../src/domain/secret";

const VALUE = "tsec_0123456789abcdef";
const secret = new Secret(VALUE);

test.each<[string, () => string]>([
  ["a text", () => `${secret}`],
  ["a part of a text", () => "the secret ".concat(String(secret))],
  ["JSON", () => JSON.stringify({ secret, list: [secret] })],
  ["inspect, hidden fields included", () => inspect(secret, { showHidden: true, depth: null })],
  ["inspect of what holds it", () => inspect({ held: { secret } }, { showHidden: true, depth: null })],
  ["console's formats", () => format("%s %o %O %j", secret, secret, secret, secret)],
  ["its own fields", () => JSON.stringify(Object.entries({ ...secret }))],
])("a secret in %s is a mask or nothing", (_what, print) => {
  expect(print()).not.toContain("tsec_");
  expect(print()).not.toContain(VALUE.slice(5));
});

test("it says that it is a secret, and comes out by one word", () => {
  expect([`${secret}`, JSON.stringify(secret), inspect(secret)]).toEqual(["[secret]", '"[secret]"', "[secret]"]);
  expect(secret.expose()).toBe(VALUE);
});
