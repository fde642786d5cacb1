import { runCommand } from "../../src/commands";
import { parsed, UsageError } from "../../src/commands/command";

const USAGE = /^Usage: tigris-key-bot \[command\]\n\n {2}start +starts the bot.*\n(?: {2}.*\n)* {2}help +says/m;

async function run(...line: string[]) {
  const said: string[] = [];
  const complained: string[] = [];
  const exitCode = await runCommand(line, {
    env: {},
    stopping: new AbortController().signal,
    say: (text) => void said.push(text),
    complain: (text) => void complained.push(text),
  });
  return { exitCode, said: said.join(""), complained: complained.join("") };
}

test.each([["help"], ["--help"], ["-h"], ["start", "--help"], ["backup", "-h"]])(
  "%s %s says what there is",
  async (...line) => {
    expect(await run(...line)).toEqual({ exitCode: 0, said: expect.stringMatching(USAGE), complained: "" });
  },
);

test.each([["postgres://me:secret@db/keys"], ["constructor"], [""], ["--port"], ["START"]])(
  "%p is no command: it is not repeated, and what there is follows",
  async (word) => {
    const { exitCode, said, complained } = await run(word);
    expect([exitCode, said]).toEqual([64, ""]);
    expect(complained).toMatch(USAGE);
    expect(complained).toMatch(/^There is no such command\. These there are:\n/);
    expect(complained).not.toContain("secret");
  },
);

test.each([[["--from=file:secret"]], [["secret"]]])(
  "arguments that a command does not take are a mistake: %p",
  (args) => {
    const mistake = (): unknown => parsed({ args, options: { to: { type: "string" } } });
    expect(mistake).toThrow(UsageError);
    expect(mistake).toThrow(expect.objectContaining({ message: expect.not.stringContaining("secret") }));
  },
);

test("arguments that it takes are read", () => {
  const { values, positionals } = parsed({
    args: ["--to", "postgres://db", "copy.db"],
    options: { to: { type: "string" } },
    allowPositionals: true,
  });
  expect([{ ...values }, positionals]).toEqual([{ to: "postgres://db" }, ["copy.db"]]);
});
