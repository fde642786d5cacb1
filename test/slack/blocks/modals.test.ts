import { loadingView } from "../../../src/slack/blocks/modals";

test("a title is cut to what views take", () => {
  expect(loadingView("A title that is longer than views take").title.text).toHaveLength(24);
});
