import { mayRespondTo } from "../../src/slack/respond";

test.each([
  ["https://slack.com/api/", "https://hooks.slack.com/commands/1", true],
  ["https://slack.com/api/", "https://hooks.slack-gov.com/commands/1", true],
  ["https://slack.com/api/", "http://hooks.slack.com/commands/1", false],
  ["https://slack.com/api/", "https://slack.com.evil.example/1", false],
  ["https://slack.com/api/", "https://evilslack.com/1", false],
  ["https://slack.com/api/", "http://127.0.0.1:80/1", false],
  ["http://127.0.0.1:4000/api/", "http://127.0.0.1:4000/response/1", true],
  ["http://127.0.0.1:4000/api/", "http://127.0.0.1:4001/response/1", false],
  ["https://slack.com/api/", "nonsense", false],
])("with Slack at %s an answer to %s goes out: %s", (apiUrl, address, may) => {
  expect(mayRespondTo(apiUrl)(address)).toBe(may);
});
