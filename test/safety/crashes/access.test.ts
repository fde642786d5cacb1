import type { ShownSecret } from "../../e2e/play";
import { askForMore, keyCard, namedKey, openAccess, requestCard, rolesOf, switchOnWider } from "../../e2e/play-access";
import { passUntil } from "../../kit/until";
import { type Crash, crashForEach } from "./crash";
import { killAt, LOOK, SET_ROLES } from "./points";
import { recover } from "./recover";

/** A bot that is killed while the access of a key changes. */

let crash: Crash;
crashForEach("socket", (one) => {
  crash = one;
});

const LESS = ["ReadOnly builds"];
const MORE = ["Editor builds", "Editor logs"];
const record = async () => {
  const [row] = await crash.world.database.rows<{ permission: string; change: string | null }>(
    "select permission, access_change_json as change from keys",
  );
  return { permission: row?.permission, isChanging: row?.change !== null };
};
const recorded = (permission: string) => ({ permission, isChanging: false });
const settled = async () => !(await record()).isChanging;

describe("killed while a key gets less", () => {
  let key: ShownSecret;
  beforeEach(async () => {
    key = await namedKey(crash.world, { Permission: "Editor", Buckets: ["builds", "logs"] });
    await openAccess(crash.world, { Permission: "ReadOnly", Buckets: ["builds"] });
  });
  const submit = () => crash.world.dana.submit();

  test("before anything is written: it has what it had", async () => {
    await killAt(crash, { api: "slack", call: "users.info", when: "before" }, submit);
    await recover(crash);
    expect(await record()).toEqual(recorded("Editor"));
    expect(rolesOf(crash.world, key)).toEqual(MORE);
  });

  test.each(["before", "after"] as const)("%s Tigris does it: the next bot goes on, and says so", async (when) => {
    await killAt(crash, { ...SET_ROLES, when }, submit);
    expect(await record()).toEqual({ permission: "Editor", isChanging: true });
    await recover(crash);
    await passUntil("less", settled, { clock: crash.world.clock, stepMs: 0, limitMs: 20_000 });
    expect(await record()).toEqual(recorded("ReadOnly"));
    expect(rolesOf(crash.world, key)).toEqual(LESS);
    await crash.world.dana.until("the card", () => keyCard(crash.world.dana)?.text.includes("ReadOnly on builds\n"));
  });
});

describe("killed while a key gets more", () => {
  let key: ShownSecret;
  beforeEach(async () => {
    key = await namedKey(crash.world, { Permission: "ReadOnly", Buckets: ["builds"] });
    await askForMore(crash.world, { Permission: "Editor", Buckets: ["builds", "logs"] });
  });
  const press = () => switchOnWider(crash.world);
  const isUsed = () => requestCard(crash.world.dana)?.text.startsWith("🔑 Wider access on");

  test("before anything is written: it has what it had, and the button still works", async () => {
    await killAt(crash, { api: "slack", call: "users.info", when: "before" }, press);
    await recover(crash);
    expect(await record()).toEqual(recorded("ReadOnly"));
    await press();
    await crash.world.dana.until("more", isUsed);
    expect(rolesOf(crash.world, key)).toEqual(MORE);
  });

  test("before Tigris does it, which never does: nobody gives it but the next press", async () => {
    await killAt(crash, { ...SET_ROLES, when: "before" }, press);
    await recover(crash);
    const { dana } = crash.world;
    await dana.until("the doubt", () => requestCard(dana)?.text.includes("so the key may have it already"));
    expect(rolesOf(crash.world, key)).toEqual(LESS);
    expect(await record()).toEqual({ permission: "Editor", isChanging: true });
    await press();
    await dana.until("more", isUsed);
    expect(await record()).toEqual(recorded("Editor"));
    expect(rolesOf(crash.world, key)).toEqual(MORE);
  });

  test("before Tigris does it, which does it late: the record has said so since the press", async () => {
    const held = await killAt(crash, { ...SET_ROLES, when: "before" }, press);
    await recover(crash);
    const { dana } = crash.world;
    await dana.until("the doubt", () => requestCard(dana)?.text.includes("so the key may have it already"));
    held.release();
    expect(await record()).toEqual({ permission: "Editor", isChanging: true });
  });

  test.each([
    ["after Tigris has done it", { ...SET_ROLES, when: "after" }],
    ["before the list is read", { ...LOOK, when: "before" }],
  ] as const)("%s: the list of the next bot shows it", async (_moment, point) => {
    if (point.call === LOOK.call)
      crash.world.tigris.faults.arm({ call: SET_ROLES.call }, { kind: "lose", when: "after" });
    await killAt(crash, point, press);
    await recover(crash);
    await crash.world.dana.until("more", isUsed);
    expect(await record()).toEqual(recorded("Editor"));
    expect(rolesOf(crash.world, key)).toEqual(MORE);
  });
});
