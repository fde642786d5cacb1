import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTigris } from "../../../sandbox/tigris";

const folder = mkdtempSync(join(tmpdir(), "tigris-kept-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rootKey = { accessKeyId: "tid_root", secretAccessKey: "tsec_root" };

test("keeps keys and their secrets for the next start, in a file that nobody else reads", async () => {
  const keptFile = join(folder, "tigris.json");
  const options = { organization: "acme", rootKey, buckets: ["logs"], keptFile };
  const first = await startTigris(options);
  const { accessKeyId } = first.controls.addKey("dashboard", [{ bucket: "logs", role: "ReadOnly" }]);
  first.controls.attachPolicy(accessKeyId, "some-policy");
  const secret = first.secrets().at(-1) ?? "";
  await first.use(accessKeyId, secret);
  await first.stop();
  expect(statSync(keptFile).mode & 0o077).toBe(0);

  const second = await startTigris(options);
  expect(second.keys().map(({ name }) => name)).toEqual(["root", "dashboard"]);
  expect(await second.use(accessKeyId, secret)).toMatchObject({ ok: true });
  expect(second.keys()[1]).toMatchObject({ policies: ["some-policy"] });
  await second.stop();
});
