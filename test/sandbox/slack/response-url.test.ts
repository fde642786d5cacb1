import type { SlackStandIn } from "../../../sandbox/slack";
import { ANN, BEN, ELSEWHERE, startWorkspace } from "./workspace";

let now = 1_700_000_000_000;
let slack: SlackStandIn;
beforeEach(async () => {
  slack = await startWorkspace({ now: () => now });
});
afterEach(() => slack.stop());

async function post(url: string, body: unknown): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: await response.text() };
}

const texts = (id: string) =>
  slack
    .person(id)
    .screen(ELSEWHERE)
    .map(({ text }) => text);

test("counts five times, also where the app is no member, for one person", async () => {
  const url = slack.newResponseUrl(ANN, ELSEWHERE);
  for (const text of ["1", "2", "3", "4", "5"]) expect((await post(url, { text })).status).toBe(200);
  expect(await post(url, { text: "6" })).toEqual({ status: 404, body: "used_url" });
  const ann = slack.person(ANN);
  await ann.until("five answers", () => texts(ANN).length === 5);
  expect(ann.screen(ELSEWHERE).every(({ isEphemeral }) => isEphemeral)).toBe(true);
});

test("is over after thirty minutes", async () => {
  const url = slack.newResponseUrl(ANN, ELSEWHERE);
  now += 30 * 60_000 + 1;
  expect(await post(url, { text: "late" })).toEqual({ status: 404, body: "expired_url" });
  expect((await post(`${url}x`, { text: "made up" })).status).toBe(404);
});

test("refuses what a message may not be, which counts as a use", async () => {
  const url = slack.newResponseUrl(ANN, ELSEWHERE);
  expect(await post(url, { text: "" })).toEqual({ status: 400, body: "no_text" });
  expect((await post(url, { blocks: [{ type: "section" }] })).body).toBe("invalid_blocks");
  expect((await post(url, "nothing")).status).toBe(400);
});

test("speaks to the channel where it says so", async () => {
  slack.setChannel(ELSEWHERE, { members: [ANN, BEN] });
  await post(slack.newResponseUrl(ANN, ELSEWHERE), { text: "All", response_type: "in_channel" });
  await slack.person(BEN).until("the answer", () => texts(BEN).includes("All"));
});
