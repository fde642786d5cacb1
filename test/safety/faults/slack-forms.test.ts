import type { Person } from "../../../sandbox/slack";
import { answers, askForAdmin, askForReadOnly, card, reveal } from "../../e2e/play";
import { APPROVALS, GENERAL } from "../../kit/people";
import { reached } from "../../kit/stand-ins";
import { type World, worldForEach } from "../../kit/world";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const opened = () => world.slack.calls.filter(({ method }) => method === "views.open").length;

const shownIn = (person: Person) => [person.modal()?.text, ...Object.keys(person.modal()?.fields ?? {})].join();

type Opening = { what: string; channel?: string; by: (world: World) => Person; act: (world: World) => Promise<void> };
const OPENINGS: Opening[] = [
  {
    what: "a deletion",
    channel: GENERAL,
    by: ({ dana }) => dana,
    act: ({ dana }) => dana.command("/tigris-key delete", { in: GENERAL }),
  },
  {
    what: "a denial",
    channel: APPROVALS,
    by: ({ ann }) => ann,
    act: ({ ann }) => ann.press("Deny", { in: APPROVALS }),
  },
  {
    what: "another request",
    by: ({ dana }) => dana,
    act: ({ dana }) => dana.press("Ask again", { in: dana.dm() }),
  },
];

describe.each(OPENINGS)("the form for $what", ({ what, channel, by, act }) => {
  test.each(["expired_trigger_id", "internal_error"])(
    "does not open (%s): its person is told once, and it opens the next time",
    async (error) => {
      const { dana, slack } = world;
      const person = by(world);
      await askForAdmin(world, dana, "deploy");
      if (what === "another request") {
        await dana.press("Cancel request", { in: dana.dm() });
        await dana.until("Ask again", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "Ask again"));
      }
      const before = { opened: opened(), answers: answers(person, channel).length };
      slack.faults.arm({ call: "views.open" }, { kind: "refuse", status: 200, body: { ok: false, error } });
      await act(world);
      await person.until("why", () =>
        answers(person, channel).at(-1)?.includes("Slack didn't open the form in time. Nothing was changed"),
      );
      expect(opened() - before.opened).toBe(1);
      expect(answers(person, channel)).toHaveLength(before.answers + 1);
      expect(person.modal()).toBeNull();
      await act(world);
      await person.until("the form", () => /no key that you|Reason/.test(shownIn(person)));
    },
  );
});

describe("a form that is closed while it is worked on", () => {
  test("a denial: it counts, and the approver reads so in the DM", async () => {
    const { dana, ann, slack } = world;
    await askForAdmin(world, dana, "deploy");
    await ann.press("Deny", { in: APPROVALS });
    await ann.until("the form", () => ann.modal()?.fields.Reason);
    await ann.fill({ Reason: "Editor will do" });
    const look = slack.faults.arm({ call: "users.info" }, { kind: "hold", when: "before" });
    await ann.submit();
    await reached(look);
    await ann.close();
    look.release();
    await ann.until("the notice", () => ann.screen().some(({ text }) => text.includes("You denied deploy for @dana")));
    await dana.until("the card", () => card(dana, "deploy")?.text.includes("Denied by @ann"));
  });

  test.each([
    ["by its owner", null],
    ["and Slack fails when it says so", { kind: "lose", when: "before" }],
  ] as const)("a deletion %s: the key goes, and its owner reads so in the DM", async (_what, fault) => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    await reveal(dana, "ci");
    await dana.command("/tigris-key delete ci");
    await dana.until("the form", () => dana.modal()?.text.includes("ci") && dana.modal()?.submit);
    const held = tigris.faults.arm({ call: "DeleteAccessKey" }, { kind: "hold", when: "before" });
    await dana.submit();
    await reached(held);
    if (fault) slack.faults.arm({ call: "views.update" }, fault);
    else await dana.close();
    held.release();
    await dana.until("the notice", () => dana.screen().some(({ text }) => text.includes("You deleted ci (tid_")));
    expect(tigris.keys()).toHaveLength(1);
  });
});
