import { type Check, createReadiness, type Finding } from "../src/readiness";
import { createManualClock } from "./kit/manual-clock";

const clock = createManualClock(1_000);
let logged: object[];
let looks: number;
let found: () => Finding | Promise<Finding>;
let readiness: ReturnType<typeof createReadiness>;

beforeEach(() => {
  logged = [];
  looks = 0;
  found = () => ({});
  const weather: Check = {
    look: () => {
      looks += 1;
      return found();
    },
    rememberMs: 15_000,
    failed: "Nobody can say how the weather is.",
  };
  const tide: Check = { look: () => ({ reasons: ["It is low tide."] }), rememberMs: 0, failed: "" };
  readiness = createReadiness({ clock, log: { warn: (line) => void logged.push(line) }, checks: { weather, tide } });
});

test("what the checks have found stands one beside the other", async () => {
  found = () => ({ reasons: ["It rains."], warnings: ["It may snow."] });
  expect(await readiness.now()).toEqual({ reasons: ["It rains.", "It is low tide."], warnings: ["It may snow."] });
});

test.each<[string, () => Finding | Promise<Finding>]>([
  [
    "at once",
    () => {
      throw new Error("a payload");
    },
  ],
  ["later", () => Promise.reject(new Error("a payload"))],
])("a look that fails %s is a reason of its own, and hides no other", async (_when, fails) => {
  found = fails;
  expect((await readiness.now()).reasons).toEqual(["Nobody can say how the weather is.", "It is low tide."]);
});

test("a finding holds for its time, and one look at a time is enough", async () => {
  await Promise.all([readiness.now(), readiness.now()]);
  clock.advance(14_999);
  await readiness.now();
  expect(looks).toBe(1);
  clock.advance(1);
  await readiness.now();
  expect(looks).toBe(2);
});

test("a warning is logged when it comes, not as long as it stays, and again when it comes back", async () => {
  const warning = "It may snow.";
  const look = async (finding: Finding) => {
    found = () => finding;
    clock.advance(15_000);
    await readiness.now();
  };
  await look({ warnings: [warning] });
  await look({ warnings: [warning] });
  expect(logged).toEqual([{ event: "readiness.warning", check: "weather", warning }]);
  await look({});
  await look({ warnings: [warning] });
  expect(logged).toHaveLength(2);
});

test("at the start only what may warn then is looked at, and told in the log", async () => {
  const checks = (atStart: boolean): Record<string, Check> => ({
    weather: { look: () => ({ warnings: ["It may snow."] }), rememberMs: 0, failed: "", atStart },
  });
  const log = { warn: (line: object) => void logged.push(line) };
  await createReadiness({ clock, log, checks: checks(false) }).atStart();
  expect(logged).toEqual([]);
  await createReadiness({ clock, log, checks: checks(true) }).atStart();
  expect(logged).toEqual([{ event: "readiness.warning", check: "weather", warning: "It may snow." }]);
});
