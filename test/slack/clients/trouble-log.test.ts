import { createTroubleLog } from "../../../src/slack/clients/trouble-log";
import { createManualClock } from "../../kit/manual-clock";

test("trouble is logged at once, the same trouble now and then with how often it was there, and its memory is bounded", () => {
  const clock = createManualClock();
  const lines: unknown[] = [];
  const note = createTroubleLog(clock, { warn: (line) => void lines.push(line) });
  const refused = { event: "look.refused", method: "users.info", code: "missing_scope" };
  for (let times = 0; times < 5; times++) note(refused);
  note({ ...refused, code: "token_revoked" });
  expect(lines).toEqual([
    { ...refused, times: 1 },
    { ...refused, code: "token_revoked", times: 1 },
  ]);
  clock.advance(10_000);
  note(refused);
  expect(lines.at(-1)).toEqual({ ...refused, times: 5 });
  // Whatever was counted longest ago is forgotten first.
  for (let number = 0; number < 1_000; number++) note({ ...refused, code: `code_${number}` });
  note(refused);
  expect(lines.at(-1)).toEqual({ ...refused, times: 1 });
});
