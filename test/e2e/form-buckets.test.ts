import { BUCKETS_AWAITED_MS, BUCKETS_REMEMBERED_MS } from "../../src/domain/limits";
import { reached } from "../kit/stand-ins";
import { type World, worldForEach } from "../kit/world";
import { openCreateForm } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const openForm = (keyName = "ci") => openCreateForm(world.dana, keyName);

test("buckets are searched among thousands, and there may be none", async () => {
  const { dana, tigris, clock } = world;
  tigris.controls.setBuckets(Array.from({ length: 3_000 }, (_, index) => `bucket-${String(index).padStart(4, "0")}`));
  await openForm();
  expect(await dana.options("Buckets")).toHaveLength(100);
  expect(await dana.options("Buckets", "2999")).toEqual(["bucket-2999"]);
  tigris.controls.setBuckets([]);
  clock.advance(BUCKETS_REMEMBERED_MS);
  expect(await dana.options("Buckets", "x")).toEqual([]);
});

test("a bucket whose name is inside a hundred others can be chosen", async () => {
  const { dana, tigris } = world;
  const others = Array.from({ length: 200 }, (_, index) => `a-logs-${String(index).padStart(3, "0")}`);
  tigris.controls.setBuckets([...others, "logs", "logs-old"]);
  await openForm();
  expect((await dana.options("Buckets", "logs")).slice(0, 3)).toEqual(["logs", "logs-old", "a-logs-000"]);
});

test("what is remembered for those who type asks for nothing that is gone", async () => {
  const { dana, tigris } = world;
  await openForm();
  await dana.fill({ Buckets: ["logs"] });
  tigris.controls.setBuckets(["builds"]);
  expect(await dana.options("Buckets", "log")).toEqual(["logs"]);
  await dana.submit();
  await dana.until("the form again", () => dana.modal()?.text.includes("No longer there: logs"));
});

test("the form says why there is no bucket to choose", async () => {
  const { dana, tigris, clock } = world;
  const shown = async (words: string) => {
    await openForm();
    await dana.until("why", () => dana.modal()?.text.includes(words));
    await dana.close();
  };
  tigris.controls.setBuckets([]);
  await shown("There are no buckets yet");
  clock.advance(BUCKETS_REMEMBERED_MS);
  const body = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
  tigris.faults.arm({ call: "ListBuckets" }, { kind: "garble", when: "before", status: 403, body });
  await shown("Tigris doesn't let me list its buckets");
  const list = tigris.faults.arm({ call: "ListBuckets" }, { kind: "hold", when: "before" });
  await dana.command("/tigris-key create ci");
  await reached(list);
  clock.advance(BUCKETS_AWAITED_MS);
  await dana.until("why", () => dana.modal()?.text.includes("Tigris is slow to list its buckets"));
  list.release();
});

test("Tigris not answering: the form says so and keeps what was typed", async () => {
  const { dana, tigris } = world;
  await openForm();
  await dana.fill({ Buckets: ["logs"] });
  tigris.faults.arm({ call: "ListBuckets", times: 5 }, { kind: "garble", when: "before", status: 500, body: "" });
  await dana.submit();
  await dana.until("the form again", () =>
    dana.modal()?.text.includes("Tigris didn't tell me which buckets there are"),
  );
  expect(dana.modal()?.fields.Buckets?.value).toEqual(["logs"]);
});
