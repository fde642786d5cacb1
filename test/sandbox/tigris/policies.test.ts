import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import {
  addPolicy,
  attachPolicyToAccessKey,
  deletePolicy,
  detachPolicyFromAccessKey,
  editPolicy,
  getPolicy,
  listPolicies,
  listPoliciesForAccessKey,
  type PolicyDocument,
} from "@tigrisdata/iam";
import type { TigrisStandIn } from "../../../sandbox/tigris";
import { configOf, EDITOR, iamClient, makeKey, READER, startAcme } from "./acme";
import { send, sendForm } from "./signed";

let tigris: TigrisStandIn;
beforeEach(async () => {
  tigris = await startAcme();
});
afterEach(() => tigris.stop());

const ID = EDITOR.accessKeyId;
const DENY: PolicyDocument = {
  version: "2012-10-17",
  statements: [{ effect: "Deny", action: "s3:GetObject", resource: "arn:aws:s3:::builds/*" }],
};
const policiesOf = (id: string) => tigris.keys().find(({ accessKeyId }) => accessKeyId === id)?.policies;

async function makePolicy(name: string, document = DENY): Promise<string> {
  const { data, error } = await addPolicy(name, { description: `about ${name}`, document, ...configOf(tigris) });
  if (!data) throw error;
  return data.resource;
}

test("a policy's life with Tigris's own client: made, attached, looked up, changed, detached, deleted", async () => {
  const arn = await makePolicy("no-reading");
  expect((await attachPolicyToAccessKey(ID, arn, configOf(tigris))).error).toBeUndefined();
  expect(policiesOf(ID)).toEqual(["no-reading"]);
  expect((await listPoliciesForAccessKey(ID, configOf(tigris))).data?.policies).toEqual(["no-reading"]);
  const shown = { name: "no-reading", resource: arn, description: "about no-reading", attachmentCount: 1 };
  expect((await listPolicies(configOf(tigris))).data?.policies).toMatchObject([shown]);
  const users = [{ id: ID, name: "editor" }];
  expect((await getPolicy(arn, configOf(tigris))).data).toMatchObject({ ...shown, document: DENY, users });

  const document = { ...DENY, statements: [] };
  await editPolicy(arn, { description: "empty", document, ...configOf(tigris) });
  expect((await getPolicy(arn, configOf(tigris))).data).toMatchObject({ description: "empty", document });
  expect((await detachPolicyFromAccessKey(ID, arn, configOf(tigris))).error).toBeUndefined();
  expect(policiesOf(ID)).toEqual([]);
  await attachPolicyToAccessKey(ID, arn, configOf(tigris));
  expect((await deletePolicy(arn, configOf(tigris))).error).toBeUndefined();
  expect([policiesOf(ID), (await listPolicies(configOf(tigris))).data?.policies]).toEqual([[], []]);
});

test("the same with AWS's client, in XML", async () => {
  const iam = iamClient(tigris);
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "empty", PolicyDocument }));
  const PolicyArn = Policy?.Arn ?? "";
  const both = { PolicyArn, UserName: ID };
  await iam.send(new AttachUserPolicyCommand(both));
  const shown = { PolicyName: "empty", Arn: PolicyArn, AttachmentCount: 1, CreateDate: expect.any(Date) };
  expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject(shown);
  expect((await iam.send(new ListPoliciesCommand({}))).Policies).toMatchObject([shown]);
  expect((await iam.send(new ListUserPoliciesCommand({ UserName: ID }))).PolicyNames).toEqual(["empty"]);
  const { PolicyUsers } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  expect(PolicyUsers).toMatchObject([{ UserName: ID }]);
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(PolicyDocument);

  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: "DeleteConflictException",
  });
  await iam.send(new DetachUserPolicyCommand(both));
  await expect(iam.send(new DetachUserPolicyCommand(both))).rejects.toMatchObject({ name: "NoSuchEntityException" });
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
  await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({ name: "NoSuchEntityException" });
  iam.destroy();
});

test.each([
  "CreatePolicy",
  "UpdatePolicy",
  "DeletePolicy",
  "ForceDeletePolicy",
  "AttachUserPolicy",
  "DetachUserPolicy",
  "GetPolicy",
  "GetPolicyDetailed",
  "GetPolicyVersion",
  "ListPolicies",
  "ListUserPolicies",
  "ListEntitiesForPolicy",
])("%s needs an admin's key", async (Action) => {
  const PolicyArn = await makePolicy("one");
  const PolicyDocument = JSON.stringify({ Statement: [] });
  const form = { Action, PolicyArn, PolicyName: "two", PolicyDocument, UserName: EDITOR.accessKeyId };
  const { status, body } = await sendForm(tigris, form, EDITOR);
  expect([status, JSON.parse(body).Code]).toEqual([403, "AccessDenied"]);
  expect((await listPolicies(configOf(tigris))).data?.policies).toMatchObject([{ name: "one", attachmentCount: 0 }]);
});

test("a name that is taken, a bucket that there is not, what is no document, and nothing to attach to are refused", async () => {
  const PolicyArn = await makePolicy("one");
  const elsewhere = { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::nowhere/*" };
  const refusals: [Record<string, string>, number, string][] = [
    [{ Action: "CreatePolicy", PolicyName: "one", PolicyDocument: '{"Statement":[]}' }, 409, "EntityAlreadyExists"],
    [{ Action: "CreatePolicy", PolicyName: "two", PolicyDocument: "no" }, 400, "MalformedPolicyDocument"],
    [
      { Action: "CreatePolicy", PolicyName: "two", PolicyDocument: JSON.stringify({ Statement: elsewhere }) },
      400,
      "MalformedPolicyDocument",
    ],
    [{ Action: "AttachUserPolicy", PolicyArn, UserName: "tid_nobody" }, 404, "NoSuchEntity"],
    [{ Action: "AttachUserPolicy", PolicyArn: "arn:none", UserName: ID }, 404, "NoSuchEntity"],
    [{ Action: "ListUserPolicies", UserName: "tid_nobody" }, 404, "NoSuchEntity"],
  ];
  for (const [form, status, code] of refusals) {
    const said = await sendForm(tigris, form);
    expect([form, said.status, JSON.parse(said.body).Code]).toEqual([form, status, code]);
  }
});

test("a Deny takes away what a role gives, but never from an admin, and not where it has a condition", async () => {
  const objects = "arn:aws:s3:::builds/*";
  const deny = (rest: object) => [{ Effect: "Deny", Action: ["s3:Get*", "s3:PutObject"], Resource: objects, ...rest }];
  const admin = await makeKey(tigris, "admin", [{ bucket: "*", role: "NamespaceAdmin" }]);
  const statuses = async (pair: typeof EDITOR) => [
    (await send(tigris, { method: "PUT", path: "/builds/a", body: "a" }, pair)).status,
    (await send(tigris, { path: "/builds/a" }, pair)).status,
    (await send(tigris, { path: "/builds" }, pair)).status,
  ];
  tigris.controls.attachPolicy(ID, "later", deny({ Condition: { DateGreaterThan: { "aws:CurrentTime": "2026" } } }));
  expect(await statuses(EDITOR)).toEqual([200, 200, 200]);
  tigris.controls.attachPolicy(ID, "now", deny({}));
  tigris.controls.attachPolicy(admin.accessKeyId, "now");
  expect(policiesOf(ID)).toEqual(["later", "now"]);
  expect(await statuses(EDITOR)).toEqual([403, 403, 200]);
  expect(await statuses(admin)).toEqual([200, 200, 200]);
  tigris.controls.detachPolicy(ID, "now");
  expect(await statuses(EDITOR)).toEqual([200, 200, 200]);

  tigris.controls.attachPolicy(READER.accessKeyId, "no-lists", [{ Effect: "Deny", Action: "iam:*", Resource: "*" }]);
  expect((await sendForm(tigris, { Action: "ListAccessKeys" }, READER)).status).toBe(403);
});
