import { createPolicyFile, digestOf, FIRST } from "../kit/policy-file";
import { createWorld, type World } from "../kit/world";

let file: ReturnType<typeof createPolicyFile>;
let world: World;
beforeEach(async () => {
  file = createPolicyFile();
  world = await createWorld("socket", { withoutBot: true });
});
afterEach(async () => {
  await world.stop();
  file.remove();
});

/** What was ever in force, the newest last. */
async function policies(): Promise<string[]> {
  const rows = await world.database.rows<{ digest: string }>("select digest from policies order by loaded_at");
  return rows.map(({ digest }) => digest);
}

/** Files that are refused before anything in them is looked at, or for one thing in them; each begins as a good one. */
const BAD: Record<string, [text: string | Buffer, mistake: RegExp]> = {
  "an empty one": ["", /:1:1: The file is empty: it has to say at least which rules there are\.$/],
  "text in no encoding": [Buffer.from([0x72, 0xff]), /:1:1: The file is not text in UTF-8\.$/],
  "a character that is none": [`${FIRST}#\0`, /:1:1: The file is not text in UTF-8\.$/],
  "a huge one": [`${FIRST}${"#".repeat(70_000)}`, /:1:1: The file is larger than 64 KB\.$/],
  "one that is deeply nested": [
    `${FIRST}tests: ${"[".repeat(20_000)}`,
    /:8:\d+: Lists and keys stand in each other more than/,
  ],
  "anchors that explode": [
    [
      "a: &a [x, x]",
      ..."bcdefghij".split("").map((name, at) => `${name}: &${name} [*${"abcdefghij"[at]}, *${"abcdefghij"[at]}]`),
    ].join("\n"),
    /:1:4: An anchor \(&…\) stands here: write out what is meant\.$/,
  ],
  "a key that stands twice": [`${FIRST}rules: []\n`, /:8:1: This key stands here twice: only one of them can count\.$/],
  "an unknown key": [`${FIRST}maxKeys: 3\n`, /:8:1: There is no "maxKeys"/],
  "a tab": [`${FIRST}\t`, /:8:1: A tab stands here: use spaces, as YAML wants them\.$/],
};

test.each(Object.entries(BAD))("%s ends the first start", async (_what, [text, mistake]) => {
  file.write(text);
  await expect(world.startBot({ POLICY_FILE: file.path })).rejects.toMatchObject({
    code: "policy_file",
    exitCode: 78,
    message: expect.stringMatching(mistake),
  });
  expect(await policies()).toEqual([]);
});

test.each(Object.entries(BAD))(
  "%s changes nothing while a bot runs, and the log says where it is wrong",
  async (_what, [text, mistake]) => {
    file.write(FIRST);
    const bot = await world.startBot({ POLICY_FILE: file.path });
    file.write(text);
    await bot.reloadPolicy();
    const [line, ...more] = world.log
      .filter((one) => one.includes('"policy.not_loaded"'))
      .map((one) => JSON.parse(one) as { level: string; why: string; mistakes: string });
    expect([line?.level, line?.why, more]).toEqual(["warn", "bad_file", []]);
    expect(line?.mistakes.trim()).toMatch(mistake);
    expect(await policies()).toEqual([digestOf(FIRST)]);
    world.clock.advance(16_000);
    const answer = await fetch(`http://127.0.0.1:${bot.port}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ warnings: [expect.stringContaining("so the policy in force stays")] });
  },
);
