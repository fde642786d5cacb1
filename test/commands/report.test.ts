import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../src/commands/command";
import { report } from "../../src/commands/report";
import { newAge, rotatedAge } from "../../src/domain/key-age";
import { newEnd } from "../../src/domain/key-end";
import { openStore } from "../../src/store";
import { createManualClock } from "../kit/manual-clock";
import { newKey, newRequest } from "../store/filled";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, "bot.db");

async function run(args = ["--csv"]) {
  let said = "";
  let complained = "";
  const code = await report({
    args,
    env: { DATABASE_URL: `file:${file()}` },
    stopping: new AbortController().signal,
    say: (text) => (said += text),
    complain: (text) => (complained += text),
  });
  return { code, said, complained };
}

const HEADER =
  "reference,name in Tigris,access key id,owner,permission,buckets,made,secret since,rotated,ends,paused,state\r\n";

test("one line for each key that is not deleted, beside a bot that has the database open", async () => {
  const store = await openStore({ kind: "sqlite", file: file() }, createManualClock());
  await store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.requests.insert(newRequest("r2"));
    await tx.requests.insert(newRequest("r3"));
    await tx.keys.insert(newKey("r1", { madeAt: 1_000, age: newAge(2_000) }));
    await tx.keys.insert(
      newKey("r2", {
        tigrisName: '=cmd|"x"',
        access: { permission: "Editor", buckets: { kind: "named", names: ["builds", "logs"] } },
        madeAt: 3_000,
        age: rotatedAge(newAge(3_000), 86_400_000),
        end: newEnd(86_400_000_000, 0),
        pause: {
          holds: [
            { kind: "owner", byId: "UDEV", at: 1 },
            { kind: "approver", byId: "UANN", at: 1 },
          ],
          stands: "paused",
          areRolesTaken: false,
          unansweredAt: null,
        },
      }),
    );
    await tx.keys.insert(newKey("r3", { state: { kind: "deleted", byId: null, why: "gone", at: 1 } }));
  });
  expect(await run()).toEqual({
    code: 0,
    complained: "",
    said:
      HEADER +
      'K7QM2XAB,"\'=cmd|""x""",tid_r2,UDEV,Editor,builds logs,1970-01-01T00:00:03.000Z,1970-01-02T00:00:00.000Z,' +
      "1970-01-02T00:00:00.000Z,1972-09-27T00:00:00.000Z,owner approver,live\r\n" +
      "K7QM2XAB,name-r1,tid_r1,UDEV,Admin,all,1970-01-01T00:00:01.000Z,1970-01-01T00:00:02.000Z,,,,live\r\n",
  });
  await store.transact((tx) => tx.requests.insert(newRequest("r4")));
  await store.close();
});

test("what is wrong is said in one sentence; nothing is made where nothing is", async () => {
  await expect(run([])).rejects.toThrow(UsageError);
  await expect(run(["--csv", "more"])).rejects.toThrow(UsageError);
  expect(await run()).toMatchObject({
    code: 1,
    said: "",
    complained: `There is no database ${file()} (DATABASE_URL).\n`,
  });
  await (await openStore({ kind: "sqlite", file: file() }, createManualClock())).close();
  expect(await run()).toEqual({ code: 0, said: HEADER, complained: "" });
});
