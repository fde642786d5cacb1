import { GENERAL } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, reveal } from "./play";

let world: World;
worldForEach({ mode: "socket", env: { MAX_KEYS_PER_USER: "50" } }, (one) => {
  world = one;
});

async function makeKeys(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    await askForReadOnly(world.dana, `key-${number}`);
    await reveal(world.dana, `key-${number}`);
    await world.dana.until("the card", () =>
      world.dana.screen().some(({ text, isEphemeral }) => !isEphemeral && text.includes(`🔑 key-${number} `)),
    );
    world.clock.advance(60_000);
  }
}

/** The names on the list that somebody has on their screen, in order. */
function listed(text: string): string[] {
  return [...text.matchAll(/^(key-\d+) /gm)].map(([, name]) => name ?? "");
}

test("one's own keys, newest first, a page at a time, forth and back", async () => {
  const { dana } = world;
  await makeKeys(12);
  await dana.command("/tigris-key list", { in: GENERAL });
  const shown = () => dana.screen(GENERAL).find(({ text }) => text.includes("Your live keys"));
  await dana.until("the list", shown);
  expect(listed(shown()?.text ?? "")).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((number) => `key-${number}`));
  await dana.press("Older keys", { in: GENERAL });
  await dana.until("the second page", () => shown()?.text.includes("key-2 "));
  expect(listed(shown()?.text ?? "")).toEqual(["key-2", "key-1"]);
  expect(shown()?.buttons.map(({ label }) => label)).not.toContain("Older keys");
  await dana.press("Newer keys", { in: GENERAL });
  await dana.until("the first page again", () => shown()?.text.includes("key-12 "));
  expect(shown()?.buttons.map(({ label }) => label)).not.toContain("Newer keys");
}, 60_000);

test("approvers see everybody's keys and one person's; others don't", async () => {
  const { dana, ann, eve } = world;
  await makeKeys(1);
  await ann.command("/tigris-key list all", { in: GENERAL });
  await ann.until("the list", () =>
    answers(ann, GENERAL).some((text) => text.includes("Everybody's live keys") && text.includes("@dana")),
  );
  await ann.command("/tigris-key list @dana", { in: GENERAL });
  await ann.until("the list", () =>
    answers(ann, GENERAL).some((text) => text.includes("Live keys of @dana") && text.includes("key-1")),
  );
  for (const words of ["list all", "list @dana"]) {
    const before = answers(eve, GENERAL).length;
    await eve.command(`/tigris-key ${words}`, { in: GENERAL });
    await eve.until("a refusal", () => answers(eve, GENERAL).length > before);
    expect(answers(eve, GENERAL).at(-1)).toContain("Only @key-approvers can do this");
  }
  await eve.command("/tigris-key list", { in: GENERAL });
  await eve.until("an empty list", () => answers(eve, GENERAL).some((text) => text.includes("Your live keys: none")));
  expect(dana.toasts()).toEqual([]);
});

test("a key is deleted out of the list", async () => {
  const { dana, tigris } = world;
  await makeKeys(1);
  await dana.command("/tigris-key list", { in: GENERAL });
  await dana.until("the list", () => answers(dana, GENERAL).length > 0);
  await dana.press("Delete key", { in: GENERAL });
  await dana.until("how it went", () => answers(dana, GENERAL).some((text) => text.includes("You deleted key-1")));
  expect(tigris.keys()).toHaveLength(1);
});

test("the form that deletes offers one's own keys, by a search, and says what the chosen one is", async () => {
  const { dana, eve } = world;
  await makeKeys(2);
  await dana.command("/tigris-key delete");
  await dana.until("the form", () => dana.modal()?.fields.Key);
  const offered = await dana.options("Key");
  expect(offered).toHaveLength(2);
  expect(await dana.options("Key", "key-2")).toEqual([expect.stringContaining("key-2")]);
  await dana.fill({ Key: offered[0] ?? "" });
  await dana.until("what it is", () => dana.modal()?.text.includes("Your key, made"));
  await dana.submit();
  await dana.until("how it went", () => dana.modal()?.text.includes("You deleted key-2"));
  await dana.close();

  await dana.command("/tigris-key delete key-1");
  await dana.until("the form, chosen already", () => dana.modal()?.text.includes("key-1 · ReadOnly"));
  await eve.command("/tigris-key delete key-1");
  await eve.until("nothing to delete", () => eve.modal()?.text.includes("No key of yours is called key-1."));
});

test("nobody deletes what is neither theirs nor, being no approver, theirs to delete", async () => {
  const { eve, tigris } = world;
  await makeKeys(1);
  const made = tigris.keys().find(({ name }) => name.startsWith("key-1"));
  await eve.command(`/tigris-key delete ${made?.accessKeyId}`);
  await eve.until("a refusal", () => eve.modal()?.text.includes(`No key of yours is called ${made?.accessKeyId}.`));
  expect(eve.modal()?.text).not.toContain("dana");
  expect(tigris.keys()).toHaveLength(2);
});

test("whoever has keys can pick one in place of what they typed", async () => {
  const { dana } = world;
  await makeKeys(1);
  await dana.command("/tigris-key delete <tid_nosuch>");
  await dana.until("the form", () => dana.modal()?.text.includes("No key of yours is called <tid_nosuch>. Pick one:"));
  expect(await dana.options("Key")).toHaveLength(1);
});

test("an approver whose rights can't be checked learns that, of a key that is there and of one that is not", async () => {
  const { ann, slack, tigris } = world;
  await makeKeys(1);
  const made = tigris.keys().find(({ name }) => name.startsWith("key-1"))?.accessKeyId;
  const busy = { kind: "refuse", status: 429, headers: { "retry-after": "30" }, body: {} } as const;
  slack.faults.arm({ call: "usergroups.users.list", times: 100 }, busy);
  for (const named of [made, "tid_nosuch"]) {
    await ann.command(`/tigris-key delete ${named}`);
    await ann.until("a refusal", () => ann.modal()?.text.includes("I couldn't check with Slack"));
    await ann.close();
  }
});

test("a name that two keys have chooses neither of them", async () => {
  const { dana, tigris } = world;
  await makeKeys(1);
  await askForReadOnly(dana, "key-1");
  await dana.press("Reveal secret", { in: dana.dm() });
  await dana.until("the second key", () => tigris.keys().filter(({ name }) => name.startsWith("key-1-")).length === 2);
  await dana.command("/tigris-key delete key-1");
  await dana.until("the form", () => dana.modal()?.fields.Key);
  expect(dana.modal()?.text).not.toContain("Your key, made");
  expect(dana.modal()?.fields.Key?.value).toBeFalsy();
});
