import { GENERAL } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, keep, secretMessages } from "./play";

let world: World;
worldForEach({ mode: "socket", env: { MAX_KEYS_PER_USER: "50" } }, (one) => {
  world = one;
});

async function makeKeys(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    await askForReadOnly(world.dana, `key-${number}`);
    await keep(world.dana, `key-${number}`);
    world.clock.advance(60_000);
  }
}

/** The names on a list, in order. */
function listed(text: string): string[] {
  return [...text.matchAll(/^(key-\d+) /gm)].map(([, name]) => name ?? "");
}

/** The list that dana has on her screen. */
const shown = () => world.dana.screen(GENERAL).find(({ text }) => /^(\d+ keys?\b|You have no keys)/.test(text));
const row = (keyName: string) => shown()?.text.match(new RegExp(`^${keyName} .*`, "m"))?.[0] ?? "";

async function list(words = ""): Promise<void> {
  await world.dana.command(`/tigris-key list ${words}`, { in: GENERAL });
  await world.dana.until("the list", shown);
}

/** Chooses in the menu of a row. */
async function choose(label: string, keyName: string): Promise<void> {
  await world.dana.press(label, { message: shown()?.ts ?? "", beside: `*${keyName}*` });
}

test("one's own keys, newest first, a page at a time, forth and back, with how many there are", async () => {
  const { dana } = world;
  await makeKeys(12);
  await list();
  expect(shown()?.text).toMatch(
    /^12 keys, 1–10\nkey-12 · ReadOnly · all buckets · on · (?:made just now|\d+ minutes? old)\n/,
  );
  expect(listed(shown()?.text ?? "")).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((number) => `key-${number}`));
  await dana.press("Older", { in: GENERAL });
  await dana.until("the second page", () => shown()?.text.startsWith("12 keys, 11–12\n"));
  expect(listed(shown()?.text ?? "")).toEqual(["key-2", "key-1"]);
  expect(shown()?.buttons.map(({ label }) => label)).not.toContain("Older");
  await dana.press("Newer", { in: GENERAL });
  await dana.until("the first page again", () => shown()?.text.startsWith("12 keys, 1–10\n"));
  expect(shown()?.buttons.map(({ label }) => label)).not.toContain("Newer");
}, 60_000);

test("keys are found by words of theirs, page by page", async () => {
  const { dana } = world;
  await makeKeys(12);
  await list("key-1");
  expect(shown()?.text).toMatch(/^4 keys with “key-1”\nkey-12 /);
  await dana.reload();
  await list("ke");
  await dana.press("Older", { in: GENERAL });
  await dana.until("the second page", () => shown()?.text.startsWith("12 keys, 11–12 with “ke”"));
  await dana.reload();
  await dana.command("/tigris-key list nosuch", { in: GENERAL });
  await dana.until("none", () =>
    answers(dana, GENERAL).some((text) => text.startsWith("No key of yours has “nosuch”")),
  );
}, 60_000);

test("approvers see everybody's keys and one person's; others don't", async () => {
  const { dana, ann, eve } = world;
  await makeKeys(1);
  await ann.command("/tigris-key list all", { in: GENERAL });
  const lines = () => answers(ann, GENERAL).join("\n");
  await ann.until("the list", () =>
    /1 key of everybody\nkey-1 · ReadOnly · all buckets · on · (?:made just now|1 minute old) · @dana/.test(lines()),
  );
  await ann.command("/tigris-key list @dana", { in: GENERAL });
  await ann.until("the list", () => lines().includes("1 key of @dana\nkey-1 "));
  for (const words of ["list all", "list @dana", "list all key", "list @dana key"]) {
    const before = answers(eve, GENERAL).length;
    await eve.command(`/tigris-key ${words}`, { in: GENERAL });
    await eve.until("a refusal", () => answers(eve, GENERAL).length > before);
    expect(answers(eve, GENERAL).at(-1)).toContain("Only @key-approvers can do this");
  }
  await eve.command("/tigris-key list", { in: GENERAL });
  await eve.until("an empty list", () => answers(eve, GENERAL).includes("You have no keys."));
  await eve.command("/tigris-key list key", { in: GENERAL });
  await eve.until("none of others", () => answers(eve, GENERAL).at(-1)?.startsWith("No key of yours has “key”"));
  expect(dana.toasts()).toEqual([]);
});

test("a pause and its end show in the row at once, with what can be done then", async () => {
  const { dana } = world;
  await makeKeys(2);
  await list();
  await choose("Pause", "key-1");
  await dana.until("the pause", () =>
    row("key-1").startsWith("key-1 · ReadOnly · all buckets · paused by you just now · "),
  );
  expect(row("key-2")).toContain(" · on · ");
  await choose("Resume", "key-1");
  await dana.until("the end of it", () => row("key-1").includes("resumed by you just now"));
  await choose("Pause", "key-2");
  await dana.until("the next one", () => row("key-2").includes("paused by you just now"));
  expect(row("key-1")).toContain(" · on · ");
  expect(answers(dana, GENERAL)).toHaveLength(1);
});

test("what was not done is said beside, and the row shows how the key stands", async () => {
  const { dana, ann } = world;
  await makeKeys(1);
  await list();
  await ann.command("/tigris-key list @dana", { in: GENERAL });
  await ann.until("the list", () => answers(ann, GENERAL).length > 0);
  await ann.press("Pause", { in: GENERAL });
  await ann.until("the pause", () => answers(ann, GENERAL).some((text) => text.includes("paused by you just now")));
  await choose("Pause", "key-1");
  await dana.until("both pauses", () => row("key-1").includes("paused by you just now"));
  await choose("Resume", "key-1");
  await dana.until("why not", () => answers(dana, GENERAL).some((text) => text.includes("is paused by @ann")));
  await dana.until("the row", () => row("key-1").includes(" · paused · "));
  expect(shown()?.buttons.map(({ label }) => label)).not.toContain("Resume");
});

test("a key is deleted out of the list by a form that names it, and stays as a row without a menu", async () => {
  const { dana, tigris } = world;
  await makeKeys(2);
  await list();
  await choose("Delete key", "key-1");
  await dana.until("the form", () => dana.modal()?.submit === "Delete key");
  expect(dana.modal()?.text).toContain("key-1 · on");
  expect(dana.modal()?.fields).toEqual({});
  await dana.submit();
  await dana.until("how it went", () => dana.modal()?.text.includes("You deleted key-1"));
  await dana.until("the row", () => row("key-1") === "key-1 · deleted by you just now");
  expect(shown()?.text).toMatch(/^1 key\nkey-2 /);
  expect(shown()?.buttons.map(({ label }) => label)).toEqual([
    "Details",
    "New secret",
    "Rotate",
    "Pause",
    "Delete key",
  ]);
  expect(tigris.keys()).toHaveLength(2);
});

test("a new secret is made nowhere but in the DM: a list leads to the card there", async () => {
  const { dana, tigris } = world;
  await makeKeys(1);
  const before = secretMessages(dana).length;
  await list();
  await choose("New secret", "key-1");
  await dana.until("the way", () =>
    answers(dana, GENERAL).some((text) => text.includes("Press New secret on the card of key-1")),
  );
  const { channelId, ts } = card(dana, "key-1") ?? { channelId: "", ts: "" };
  const way = dana.screen(GENERAL).flatMap(({ buttons }) => buttons.filter(({ label }) => label === "Open its card"));
  expect(way[0]?.url).toMatch(new RegExp(`/archives/${channelId}/p${ts.replace(".", "")}$`));
  expect(secretMessages(dana)).toHaveLength(before);
  expect(tigris.calls.filter(({ action }) => action.startsWith("Rotate"))).toEqual([]);
});

test("all that is known of a key opens from its row, for its owner and for approvers", async () => {
  const { dana, ann } = world;
  await makeKeys(1);
  await list();
  await choose("Details", "key-1");
  await dana.until("the details", () => dana.modal()?.text.includes("Access key ID"));
  for (const fact of [
    "key-1 · on",
    "ReadOnly on all buckets",
    // The bot reaches a stand-in: its endpoint is the one handed out.
    "Endpoint  http://127.0.0.1:",
    "In the Dashboard  key-1-",
    "@dana",
    "Switched on",
  ])
    expect(dana.modal()?.text).toContain(fact);
  expect(dana.modal()?.buttons.map(({ label }) => label)).toContain("Open its card");
  await ann.command("/tigris-key list all", { in: GENERAL });
  await ann.until("the list", () => answers(ann, GENERAL).length > 0);
  await ann.press("Details", { in: GENERAL });
  await ann.until("the details", () => ann.modal()?.text.includes("Access key ID"));
  expect(ann.modal()?.buttons.map(({ label }) => label)).not.toContain("Open its card");
});
