/** The safety tests: races, crashes, attacks. They take minutes, so `npm test` leaves them out. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/safety/**/*.test.ts"],
  testPathIgnorePatterns: [],
  // One at a time: some of them flood a bot, or hold it to time limits.
  maxWorkers: 1,
};
