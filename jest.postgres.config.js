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
 * for all of it (`npm run test:postgres:all`), since it takes half an hour. Frozen replicas and outages meet each of the moments at
 * which `crashes` kills a bot; what `grants` and `left-behind` hold up are calls to Tigris, which know of no database.
 */
const FROM_FURTHER_AWAY = [
  "safety/crashes/(?:access|between|change|glass|make|outage|points|power|recovery)",
  "safety/races/(?:grants|left-behind|search)",
  "workflow/(?!change|follow-up|forget|recover|worker).*",
];

/**
 * Of people's ways through the bot, those on which the database decides: who was first, how many, which page, what is due. Every
 * click of the others is in the races, of two bots on one store, with each that could be in its way; their faults are played on
 * PostgreSQL where somebody asks for all of it.
 */
const PLAYED = [
  "access-change",
  "ends",
  "limits",
  "features-meet",
  "leavers",
  "lists",
  "main-job",
  "old-keys",
  "overlaps",
  "pause-overtaken",
  "policy-in-force",
  "repeats",
  "rotation",
  "taking-away",
  "two-bots",
  "votes",
];

const isAll = process.env.TESTS === "all";
const e2e = isAll ? "*" : `@(${PLAYED.join("|")})`;
const leftOut = isAll ? NO_DIFFERENCE : [...NO_DIFFERENCE, ...FROM_FURTHER_AWAY];

/** What touches the store, once more on PostgreSQL, and what only PostgreSQL does. `npm test` needs no server. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: [
    `<rootDir>/test/e2e/${e2e}.test.ts`,
    "<rootDir>/test/compat/0.4.0.test.ts",
    ...["kit", "postgres", "safety/crashes", "safety/races", "store", "workflow", "year"].map(
      (folder) => `<rootDir>/test/${folder}/**/*.test.ts`,
    ),
  ],
  testPathIgnorePatterns: leftOut.map((name) => `<rootDir>/test/${name}\\.test\\.ts$`),
  globalSetup: "<rootDir>/test/kit/postgres/jest-setup.ts",
  globalTeardown: "<rootDir>/test/kit/postgres/jest-teardown.ts",
};
