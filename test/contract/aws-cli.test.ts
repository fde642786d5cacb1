import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAccessKey } from "@tigrisdata/iam";
import type { TigrisStandIn } from "../../sandbox/tigris";
import { clientOf, type Ended, jsonOf, type Pair, ROOT, startAcme, temporaryFolder } from "./client";

/** Where Debian's package `awscli` puts it; else whatever this machine calls so. */
const AWS = existsSync("/usr/bin/aws") ? "/usr/bin/aws" : "aws";

let tigris: TigrisStandIn;
beforeAll(async () => {
  tigris = await startAcme();
});
afterAll(() => tigris.stop());

const folder = temporaryFolder();
// Its endpoints come as options: the version of Debian 12 reads no `AWS_ENDPOINT_URL_*`.
const aws = clientOf([AWS], folder, () => ({
  AWS_DEFAULT_REGION: "auto",
  AWS_PAGER: "",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MAX_ATTEMPTS: "1",
}));
const iam = (...args: string[]) => aws(ROOT, "--endpoint-url", tigris.iamUrl, "iam", ...args);
const s3 = (pair: Pair, ...args: string[]) => aws(pair, "--endpoint-url", tigris.s3Url, "s3", ...args);

/** The code with which it says that it was refused. */
function refusal({ code, err }: Ended): string | null {
  return code === 0 ? null : (/\((\w+)\)/.exec(err)?.[1] ?? err);
}

type Made = { AccessKey: { UserName: string; AccessKeyId: string; SecretAccessKey: string; Status: string } };
type Listed = { AccessKeyMetadata: { UserName: string; AccessKeyId: string; Status: string }[] };

test("a key is made without roles, listed, switched off and on, and deleted", async () => {
  const { AccessKey: made } = jsonOf<Made>(await iam("create-access-key", "--user-name", "ci"));
  expect(made).toMatchObject({ UserName: "ci", Status: "Active" });
  const pair = { accessKeyId: made.AccessKeyId, secretAccessKey: made.SecretAccessKey };
  const statusOf = async () =>
    jsonOf<Listed>(await iam("list-access-keys")).AccessKeyMetadata.find((key) => key.AccessKeyId === made.AccessKeyId);
  expect(await statusOf()).toMatchObject({ UserName: "ci", Status: "Active" });

  const buckets = await s3(pair, "ls");
  expect(buckets.out.match(/builds|logs/g)).toEqual(["builds", "logs"]);
  expect(refusal(await s3(pair, "ls", "s3://logs"))).toBe("AccessDenied");

  const switched = (status: string) =>
    iam("update-access-key", "--access-key-id", pair.accessKeyId, "--status", status);
  expect(await switched("Inactive")).toMatchObject({ code: 0 });
  expect(await statusOf()).toMatchObject({ Status: "Inactive" });
  expect(refusal(await s3(pair, "ls"))).toBe("InvalidAccessKeyId");
  expect(await switched("Active")).toMatchObject({ code: 0 });
  expect(await s3(pair, "ls")).toMatchObject({ code: 0 });

  const gone = () => iam("delete-access-key", "--access-key-id", pair.accessKeyId);
  expect(await gone()).toMatchObject({ code: 0 });
  expect(await statusOf()).toBeUndefined();
  expect(refusal(await s3(pair, "ls"))).toBe("InvalidAccessKeyId");
  expect(refusal(await gone())).toBe("NoSuchEntity");
});

test("an object goes there and back, and is listed with its size", async () => {
  const [file, back] = [join(folder, "there.txt"), join(folder, "back.txt")];
  writeFileSync(file, "Grüße");
  expect(await s3(ROOT, "cp", file, "s3://logs/a/there.txt")).toMatchObject({ code: 0 });
  expect(refusal(await s3(ROOT, "ls", "s3://nowhere"))).toBe("NoSuchBucket");
  expect((await s3(ROOT, "ls", "s3://logs", "--recursive")).out).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +7 a\/there.txt\n$/,
  );
  expect(await s3(ROOT, "cp", "s3://logs/a/there.txt", back)).toMatchObject({ code: 0 });
  expect(readFileSync(back, "utf8")).toBe("Grüße");
  expect(await s3(ROOT, "rm", "s3://logs/a/there.txt")).toMatchObject({ code: 0 });
  expect((await s3(ROOT, "ls", "s3://logs", "--recursive")).out).toBe("");
});

test("a policy hangs on a key by the key's id, and takes power away until it goes", async () => {
  const roles = [{ bucket: "logs", role: "Editor" as const }];
  const { data: key } = await createAccessKey("kept", {
    bucketsRole: roles,
    config: { iamEndpoint: tigris.iamUrl, ...ROOT },
  });
  const [id, secret] = [key?.id ?? "", key?.secret ?? ""];
  const may = async () => (await tigris.use(id, secret)).may;
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" }],
  });
  const written = await iam("create-policy", "--policy-name", "no-writing", "--policy-document", document);
  const { Arn: arn } = jsonOf<{ Policy: { Arn: string } }>(written).Policy;
  const named = ["--user-name", id, "--policy-arn", arn];
  expect(await may()).toContain("write logs");
  expect(await iam("attach-user-policy", ...named)).toMatchObject({ code: 0 });
  expect(jsonOf(await iam("list-user-policies", "--user-name", id))).toMatchObject({ PolicyNames: ["no-writing"] });
  expect(await may()).not.toContain("write logs");
  expect(await iam("detach-user-policy", ...named)).toMatchObject({ code: 0 });
  expect(await may()).toContain("write logs");
});

test("what is not there is said, not tried again", async () => {
  expect(refusal(await iam("list-users"))).toBe("NotImplemented");
});
