import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { isScalar, isSeq, parse, parseDocument } from "yaml";

const read = (...path: string[]) => readFileSync(join(__dirname, ...path), "utf8");
const text = read("../manifest.yml");
const manifest = parse(text);
const schema = JSON.parse(read("fixtures/slack-manifest-schema/manifest.schema.1.0.0.json"));
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

const errorsOf = (candidate: unknown) => (validate(candidate) ? [] : validate.errors);

test("it fits Slack's schema of the version that it names", () => {
  expect(errorsOf(manifest)).toEqual([]);
  expect(manifest._metadata.major_version).toBe(1);
});

test.each<[string, object]>([
  ["a key that Slack does not know", { colour: "blue" }],
  ["a name that is too long", { display_information: { name: "a".repeat(36) } }],
  ["no name", { display_information: {} }],
  ["a command without its slash", { features: { slash_commands: [{ command: "tigris-key", description: "a" }] } }],
])("the schema refuses %s", (_what, changes) => {
  expect(errorsOf({ ...manifest, ...changes })).not.toEqual([]);
});

test("it has one command, which gets people as ids", () => {
  expect(manifest.features.slash_commands).toEqual([
    expect.objectContaining({ command: "/tigris-key", should_escape: true }),
  ]);
});

test("it has a Home tab, and its DM is open for messages, without which the command can't be typed there", () => {
  expect(manifest.features.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
});

test("it connects by Socket Mode, takes clicks, and hears only of who opens its Home, and whose account changes", () => {
  expect(manifest.settings).toEqual({
    event_subscriptions: { bot_events: ["app_home_opened", "user_change"] },
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  });
});

test("it asks for the least scopes, each explained here by a comment and in the README", () => {
  const scopes: string[] = manifest.oauth_config.scopes.bot;
  expect([...scopes].sort()).toEqual([
    "channels:read",
    "chat:write",
    "commands",
    "groups:read",
    "im:write",
    "usergroups:read",
    "users:read",
  ]);
  expect(manifest.oauth_config.scopes.user).toBeUndefined();
  const readme = read("../README.md");
  expect(scopes.filter((scope) => !readme.includes(`\`${scope}\``))).toEqual([]);
  expect(unexplained()).toEqual([]);
});

/** Scopes without a comment above them; the one above the first belongs to the list. */
function unexplained(): unknown[] {
  const list = parseDocument(text).getIn(["oauth_config", "scopes", "bot"]);
  if (!isSeq(list)) throw new Error("the scopes are no list");
  return list.items.filter(
    (item, index) => !(isScalar(item) && (index === 0 ? list.commentBefore : item.commentBefore)),
  );
}
