import type { Fault } from "../../../sandbox/faults";
import { answers, askForReadOnly, card, reveal, type ShownSecret, secretMessages, shownSecret } from "../../e2e/play";
import { passUntil, until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { pressOnCard } from "./on-card";

const CREATE = "CreateAccessKeyWithBucketsRole";
const ROTATE = "RotateAccessKey";
const DELETE = "DeleteAccessKey";

let world: World;
worldForEach({ mode: "socket", overrides: { tigrisTimeouts: { mutateMs: 300, readMs: 1_000 } } }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

/** What Tigris does to a call that makes, rotates or deletes a key, and what it says by that. */
type Case = {
  name: string;
  fault: Fault;
  /** The code of a refusal: nothing has happened. Null where nobody can say. */
  refusal: string | null;
  /** The call takes effect only when this test lets it: long after its answer was lost. */
  isLate?: boolean;
};

const CASES: Case[] = [
  { name: "is cut off before its effect", fault: { kind: "lose", when: "before" }, refusal: null },
  { name: "is cut off after its effect", fault: { kind: "lose", when: "after" }, refusal: null },
  {
    name: "gets a 500 after its effect",
    fault: { kind: "garble", when: "after", status: 500, body: "" },
    refusal: null,
  },
  { name: "gets a 503", fault: { kind: "refuse", status: 503, body: { Code: "SlowDown" } }, refusal: null },
  { name: "gets a 429", fault: { kind: "refuse", status: 429, body: { Code: "SlowDown" } }, refusal: "Throttled" },
  {
    name: "gets a 403",
    fault: { kind: "refuse", status: 403, body: { Code: "AccessDenied" } },
    refusal: "AccessDenied",
  },
  {
    name: "gets a 400",
    fault: { kind: "refuse", status: 400, body: { Code: "InvalidArgument" } },
    refusal: "InvalidArgument",
  },
  { name: "gets broken JSON", fault: { kind: "garble", when: "after", body: '{"status":"succ' }, refusal: null },
  { name: "takes effect a minute too late", fault: { kind: "hold", when: "before" }, refusal: null, isLate: true },
];

const calls = (name: string) => world.tigris.calls.filter(({ action }) => action === name).length;
const searches = () => world.tigris.calls.filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId);
const live = () => world.tigris.keys().filter(({ name }) => name.startsWith("ci-"));
const says = (text: string) => () => answers(world.dana).some((answer) => answer.includes(text));
const cardSays = (text: string) => () => card(world.dana, "ci")?.text.includes(text);
const works = async ({ accessKeyId, secret }: ShownSecret) => (await world.tigris.use(accessKeyId, secret)).ok;

const press = (label: string) => pressOnCard(world, label);
const pass = (what: string, isOver: () => boolean | undefined, stepMs = 1_000) =>
  passUntil(what, isOver, { clock: world.clock, stepMs });

describe.each(CASES)("a call to Tigris that $name", ({ fault, refusal, isLate }) => {
  test("in the making of a key: it is made once or not at all, and another one can be revealed", async () => {
    const { dana, tigris, clock } = world;
    const armed = tigris.faults.arm({ call: CREATE }, fault);
    await press("Reveal secret");
    if (refusal !== null) {
      await dana.until("the refusal", says(`Tigris refused to make ci (${refusal})`));
      await dana.until("the card", cardSays("Tell whoever runs this bot if that goes on"));
      expect(searches()).toEqual([]);
    } else {
      await dana.until("what is known", says("I'm looking for it and will delete it if it was"));
      await dana.until("the card", cardSays("If a key was made, it is deleted. You can reveal again."));
      expect(searches()).toHaveLength(1);
    }
    expect(live()).toEqual([]);
    expect(calls(CREATE)).toBe(1);
    const shown = await reveal(dana, "ci");
    if (isLate) {
      clock.advance(61_000);
      armed.release();
      await until("the late key", () => live().length === 2);
      await pass("the late key to be deleted", () => live().length === 1);
    }
    expect(await works(shown)).toBe(true);
    expect(live().map(({ accessKeyId }) => accessKeyId)).toEqual([shown.accessKeyId]);
    expect(calls(CREATE)).toBe(2);
  });

  test("in a rotation and a deletion: the key stays, its card is true, and it goes in the end", async () => {
    const { dana, tigris, clock } = world;
    const first = await reveal(dana, "ci");
    const rotating = tigris.faults.arm({ call: ROTATE }, fault);
    await press("New secret");
    if (refusal !== null) {
      await dana.until("the refusal", says(`Tigris refused to make a new secret for ci (${refusal})`));
      await dana.until("the card", cardSays("not confirmed yet"));
      expect(await works(first)).toBe(true);
    } else {
      await dana.until("what is known", says("Press New secret again, or delete the key"));
      await dana.until(
        "the card",
        cardSays("the old secret has probably stopped working and nobody holds the new one"),
      );
    }
    expect(calls(ROTATE)).toBe(1);
    if (isLate) {
      clock.advance(61_000);
      rotating.release();
      await until("the late rotation", () => tigris.secrets().length === 3);
    }
    const before = secretMessages(dana).length;
    await press("New secret");
    const second = await dana.until("the new secret", () => secretMessages(dana).length > before && shownSecret(dana));
    expect([await works(first), await works(second)]).toEqual([false, true]);
    expect(calls(ROTATE)).toBe(2);
    expect(calls(DELETE)).toBe(0);

    const deleting = tigris.faults.arm({ call: DELETE }, fault);
    await press("Delete key");
    await dana.until("what is known", says("Tigris has not confirmed yet that ci is deleted. I go on trying"));
    await dana.until("the card", cardSays("is being deleted"));
    expect(calls(DELETE)).toBe(1);
    await pass("the second deletion", () => calls(DELETE) === 2);
    await dana.until("the card", cardSays("was deleted by @dana"));
    deleting.release();
    clock.advance(3_600_000);
    expect(live()).toEqual([]);
    expect(calls(DELETE)).toBe(2);
  });
});

test("an answer to a rotation that names the key, but holds no secret: nobody holds one", async () => {
  const { dana, tigris } = world;
  const { accessKeyId } = await reveal(dana, "ci");
  const body = JSON.stringify({ status: "success", rotate_access_key_result: { id: accessKeyId } });
  tigris.faults.arm({ call: ROTATE }, { kind: "garble", when: "after", body });
  await press("New secret");
  await dana.until("the card", cardSays("nobody holds the new one"));
  expect([calls(ROTATE), calls(DELETE), live().length]).toEqual([1, 0, 1]);
});

test("a deletion that Tigris goes on refusing: it is asked less and less often, and people are told", async () => {
  const { dana, ann, tigris, clock } = world;
  await reveal(dana, "ci");
  const refused = { kind: "refuse", status: 403, body: { Code: "AccessDenied" } } as const;
  tigris.faults.arm({ call: DELETE, times: 1_000 }, refused);
  await press("Delete key");
  await dana.until("what is known", says("Tigris has not confirmed yet that ci is deleted"));
  const isTold = () => ann.screen("CAPPROVE1").some(({ text }) => text.includes("I can't delete the access key ci-"));
  const startedAt = clock.now();
  await pass("what people are told", isTold, 10_000);
  // 5 s, doubling: after a quarter of an hour the eighth pause is over.
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(900_000);
  expect(calls(DELETE)).toBeLessThanOrEqual(10);
  tigris.faults.clear();
  await pass("the key to be deleted", () => live().length === 0, 10_000);
  await dana.until("the card", cardSays("was deleted by @dana"));
});
