import { createServer } from "node:http";
import { mayRespondTo, type ResponseMessage, respond } from "../../../src/slack/clients/respond";

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

test("an answer follows no redirect: it says what only its reader may know", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  const reply: ResponseMessage = { kind: "beside", message: { text: "Hello", blocks: [] } };
  expect(
    await respond(`http://127.0.0.1:${address.port}/response/1`, reply, { fetch, respondMs: 1_000, operator: null }),
  ).toBe(false);
  expect(asked).toEqual(["/response/1"]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
