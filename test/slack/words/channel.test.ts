import type { ChannelProblem } from "../../../src/domain/refusal";
import { channelWords } from "../../../src/slack/words/channel";
import { plainText } from "./plain-text";

test.each<[ChannelProblem["code"], string]>([
  ["not_found", "I'm not in the approvals channel: invite me there."],
  ["not_member", "I'm not in #C1: invite me there."],
  ["archived", "The approvals channel #C1 is archived."],
  ["shared", "The approvals channel #C1 is shared with another organization."],
])("a channel that can't be posted to: %s", (code, text) => {
  expect(plainText(channelWords({ code, channelId: "C1" }))).toBe(text);
});
