import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TigrisStandIn } from "../../sandbox/tigris";
import { BUCKETS, clientOf, jsonOf, ROOT, startAcme, temporaryFolder } from "./client";

const CLI = join(__dirname, "tigris-cli", "node_modules", ".bin", "tigris");

let tigris: TigrisStandIn;
beforeAll(async () => {
  tigris = await startAcme();
});
afterAll(() => tigris.stop());

const folder = temporaryFolder();
const cli = clientOf([CLI], folder, () => ({
  AWS_ENDPOINT_URL_IAM: tigris.iamUrl,
  AWS_ENDPOINT_URL_S3: tigris.s3Url,
  TIGRIS_NO_UPDATE_CHECK: "1",
  // Its library says which Node.js it wants next year.
  NODE_NO_WARNINGS: "1",
}));

type Made = { id: string; secret: string };
type Page = { items: { name: string }[]; paginationToken?: string };
type Listed = { items: { id: string; name: string; status: string }[] };

test("buckets are listed by pages, for a key without roles too", async () => {
  const { id, secret } = jsonOf<Made>(await cli(ROOT, "access-keys", "create", "powerless", "--json"));
  const held = { accessKeyId: id, secretAccessKey: secret };
  const page = async (...args: string[]) =>
    jsonOf<Page>(await cli(held, "buckets", "list", "--limit", "1", ...args, "--json"));
  const first = await page();
  const second = await page("--page-token", first.paginationToken ?? "");
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(BUCKETS);
  expect(second.paginationToken).toBeUndefined();
});

test("the whole way of a key: made without roles, given some, rotated, stripped of them, deleted", async () => {
  const keys = (...args: string[]) => cli(ROOT, "access-keys", ...args, "--json");
  const { id, secret } = jsonOf<Made>(await keys("create", "ci"));
  const held = { accessKeyId: id, secretAccessKey: secret };
  expect(jsonOf<Listed>(await keys("list")).items).toContainEqual(
    expect.objectContaining({ id, name: "ci", status: "active" }),
  );
  expect(jsonOf(await keys("get", id))).toMatchObject({ id, roles: [] });

  const file = join(folder, "hello.txt");
  const back = join(folder, "back.txt");
  writeFileSync(file, "Grüße");
  const refused = await cli(held, "cp", file, "t3://logs/hello.txt");
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("AccessDenied")]);

  const roles = [{ bucket: "logs", role: "Editor" }];
  expect(jsonOf(await keys("assign", id, "--bucket", "logs", "--role", "Editor"))).toMatchObject({
    assignments: roles,
  });
  expect(jsonOf(await keys("get", id))).toMatchObject({ roles });
  expect(await cli(held, "cp", file, "t3://logs/hello.txt")).toMatchObject({ code: 0 });
  expect(jsonOf(await cli(held, "ls", "t3://logs", "--json"))).toMatchObject({
    items: [{ key: "hello.txt", size: "7 B" }],
  });
  expect(await cli(held, "cp", "t3://logs/hello.txt", back)).toMatchObject({ code: 0 });
  expect(readFileSync(back, "utf8")).toBe("Grüße");

  const rotated = jsonOf<Made>(await keys("rotate", id, "--yes"));
  expect((await cli(held, "ls", "t3://logs", "--json")).code).not.toBe(0);
  const holds = { accessKeyId: id, secretAccessKey: rotated.secret };
  expect((await cli(holds, "ls", "t3://logs", "--json")).code).toBe(0);

  expect(jsonOf(await keys("assign", id, "--revoke-roles"))).toMatchObject({ action: "revoked" });
  expect((await cli(holds, "ls", "t3://logs", "--json")).code).not.toBe(0);

  expect(jsonOf(await keys("delete", id, "--yes"))).toMatchObject({ action: "deleted" });
  expect(jsonOf<Listed>(await keys("list")).items.map(({ name }) => name)).not.toContain("ci");
  const gone = await keys("delete", id, "--yes");
  expect([gone.code, gone.err]).toEqual([1, expect.stringContaining("does not exist")]);
});
