import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { startTigris, type TigrisStandIn } from "../../../sandbox/tigris";
import { findSecrets } from "../../kit/secret-search";
import { reached } from "../../kit/stand-ins";
import { inTime } from "../../kit/until";
import { builtBot } from "../kit/build";
import { PATIENCE_MS, PATIENT } from "../kit/process";

jest.setTimeout(PATIENCE_MS);

const ROOT = { accessKeyId: "tid_root_key", secretAccessKey: "tsec_root_secret_for_tests" };

let standIn: TigrisStandIn;
let doctor: ChildProcess;
beforeEach(async () => {
  standIn = await startTigris({ organization: "acme", rootKey: ROOT, buckets: ["builds", "logs"] });
});
afterEach(async () => {
  doctor.kill("SIGKILL");
  await standIn.stop();
});

/** The program as it is built, with Tigris's settings alone. */
function start(): { stdout: NonNullable<ChildProcess["stdout"]>; said: Promise<string>; ended: Promise<unknown[]> } {
  doctor = spawn(process.execPath, [builtBot(), "doctor", "--tigris"], {
    env: {
      AWS_ACCESS_KEY_ID: ROOT.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ROOT.secretAccessKey,
      AWS_ENDPOINT_URL_IAM: standIn.iamUrl,
      AWS_ENDPOINT_URL_S3: standIn.s3Url,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { stdout } = doctor;
  if (!stdout) throw new Error("there is no pipe");
  return { stdout, said: text(stdout), ended: inTime("the doctor's end", once(doctor, "close"), PATIENT) };
}

/** Holds the first look at the new key until it is let go. */
const holdLook = () =>
  standIn.faults.arm(
    { call: "ListAccessKeys", match: ({ KeyId }) => KeyId !== undefined },
    { kind: "hold", when: "after" },
  );
const names = () => standIn.keys().map(({ name }) => name);

test("the program says what it found, and leaves nothing behind", async () => {
  const { said, ended } = start();
  await ended;
  const lines = (await said).trimEnd().split("\n");
  expect(lines.filter((line) => line.startsWith("as expected  ")).length).toBeGreaterThanOrEqual(9);
  expect(lines.at(-2)).toMatch(/^The key tigris-key-bot-doctor-[0-9a-f]{16} is deleted\.$/);
  expect(names()).toEqual(["root"]);
  expect(findSecrets(standIn.secrets(), [{ name: "lines", content: lines }])).toEqual([]);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends it once its key is deleted", async (signal) => {
  const held = holdLook();
  const { said, ended } = start();
  await reached(held, PATIENT);
  expect(names()).toHaveLength(2);
  doctor.kill(signal);
  held.release();
  expect(await ended).toEqual([1, null]);
  expect(await said).toContain("Stopped before all was found out.");
  expect(names()).toEqual(["root"]);
});

test("whoever reads it may hang up: its key is deleted all the same", async () => {
  const held = holdLook();
  const { stdout, said, ended } = start();
  await reached(held, PATIENT);
  stdout.destroy();
  await said.catch(() => {});
  held.release();
  const [, signal] = await ended;
  expect(signal).toBeNull();
  expect(names()).toEqual(["root"]);
});
