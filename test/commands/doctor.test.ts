import { UsageError } from "../../src/commands/command";
import { doctor } from "../../src/commands/doctor";
import { type Examination, policiesAre, probes, startExamination } from "../kit/doctor";

let examination: Examination;
beforeEach(async () => {
  examination = await startExamination();
});
afterEach(() => examination.standIn.stop());

const FACTS = [
  "Keys without roles",
  "creator",
  "Policies",
  "Roles set afterwards",
  "Inactive",
  "Active again",
  "ReadOnly on all buckets",
  "Editor on all buckets",
  "Roles taken away",
  "How long a change takes to show",
];

test("a Tigris that does all as the bot expects: one line for each fact, and nothing is left", async () => {
  policiesAre(examination, "");
  expect(await examination.run()).toBe(0);
  const [first, ...lines] = examination.lines;
  const name = /^Makes the key (tigris-key-bot-doctor-[0-9a-f]{16}), and deletes it at the end\.$/.exec(
    first ?? "",
  )?.[1];
  expect(lines).toEqual([
    ...FACTS.map((about) => expect.stringMatching(`^as expected  ${about}: .*\\.$`)),
    `The key ${name} is deleted.`,
    "Tigris does all that the bot builds on.",
  ]);
  expect(probes(examination)).toEqual([]);
  const made = examination.standIn.calls.filter(({ action }) => action === "CreateAccessKeyWithBucketsRole");
  expect(made.map(({ params }) => JSON.parse(params.Req ?? ""))).toEqual([
    expect.objectContaining({ name, buckets_role: [] }),
  ]);
});

test("with a key that Tigris does not take it says so, and makes nothing", async () => {
  examination.env.AWS_SECRET_ACCESS_KEY = "tsec_another_secret";
  expect(await examination.run()).toBe(1);
  expect(examination.lines.slice(0, 3)).toEqual([
    "The list of keys can't be read: SignatureDoesNotMatch.",
    "The list of buckets can't be read: SignatureDoesNotMatch.",
    "Nothing was made. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: they belong to one key of yours in Tigris's Dashboard.",
  ]);
});

const silent = () => {};
const invocation = { env: {}, stopping: new AbortController().signal, say: silent, complain: silent };

test.each([[[]], [["--slack"]], [["--tigris", "tsec_secret"]], [["--tigris=yes"]]])(
  "the command line %j can't be understood",
  async (args) => {
    await expect(doctor({ ...invocation, args })).rejects.toThrow(UsageError);
  },
);

test("it needs Tigris's settings, and no others", async () => {
  let said = "";
  const complain = (text: string) => {
    said += text;
  };
  const env = {
    AWS_ACCESS_KEY_ID: "dana",
    HTTPS_PROXY: "ftp://proxy",
    DATABASE_URL: "nothing",
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
  };
  expect(await doctor({ ...invocation, args: ["--tigris"], env, complain })).toBe(78);
  const named = [...said.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name);
  expect(named).toEqual(["NODE_TLS_REJECT_UNAUTHORIZED", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "HTTPS_PROXY"]);
});
