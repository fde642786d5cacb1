/**
 * What no database makes a difference to: answers of Slack's, lists and clocks of Tigris's, forms, who is who; the process's own
 * clock, by which PostgreSQL decides nothing; what takes SQLite's file away; a process that stops by itself.
 */
const NO_DIFFERENCE = [
  "e2e/(?:clock-back|clock-off|database-gone|dead-dm|forms|fresh-look|grid|look-troubles|looks|odd-lists|secret-crafted)",
  "e2e/(?:shared-channel|uneditable|unshown|worthless)",
  "kit/secret-search",
  "kit/until",
  "safety/crashes/restored",
  "safety/crashes/restored-midway",
  "safety/crashes/stop",
  "safety/crashes/two-databases",
  "store/[a-z]+-shapes",
  "workflow/calls/.*",
  "store/sqlite/.*",
];

/**
 * What the store's own tests, the outages and the races hold already, from further away: played on PostgreSQL too where somebody asks
 * for all of it (`npm run test:postgres:all`), since it takes half an hour.
 */
const FROM_FURTHER_AWAY = [
  "safety/crashes/(?:between|change|make|outage|power|recovery)",
  "safety/races/search",
  "workflow/(?!change|follow-up|forget|recover|worker).*",
];

/** Of people's ways through the bot, those on which the database decides: who was first, how many, which page, what is due. */
const PLAYED = [
  "approvals",
  "break-glass",
  "break-glass-faults",
  "break-glass-review",
  "delete-form",
  "early",
  "forget",
  "limits",
  "key-ends",
  "lists",
  "lost-commit",
  "main-job",
  "off-key",
  "overlaps",
  "pause",
  "pause-overtaken",
  "policy-bad-files",
  "policy-groups",
  "policy-in-force",
  "policy-reloads",
  "repeats",
  "reviewers",
  "rotate-delete",
  "secret-requests",
  "switch-on",
  "taking-away",
  "two-bots",
  "votes",
  "waits-again",
];

const isAll = process.env.POSTGRES_TESTS === "all";
const e2e = isAll ? "*" : `@(${PLAYED.join("|")})`;
const leftOut = isAll ? NO_DIFFERENCE : [...NO_DIFFERENCE, ...FROM_FURTHER_AWAY];

/** What touches the store, once more on PostgreSQL, and what only PostgreSQL does. `npm test` needs no server. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: [
    `<rootDir>/test/e2e/${e2e}.test.ts`,
    "<rootDir>/test/compat/0.4.0.test.ts",
    ...["kit", "postgres", "safety/crashes", "safety/races", "store", "workflow"].map(
      (folder) => `<rootDir>/test/${folder}/**/*.test.ts`,
    ),
  ],
  testPathIgnorePatterns: leftOut.map((name) => `<rootDir>/test/${name}\\.test\\.ts$`),
  // Much of it waits for processes: two at a time, on two cores.
  maxWorkers: 2,
  globalSetup: "<rootDir>/test/kit/postgres/jest-setup.ts",
  globalTeardown: "<rootDir>/test/kit/postgres/jest-teardown.ts",
};
