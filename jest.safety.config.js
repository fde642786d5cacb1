/** The safety tests: races, crashes, attacks. They take minutes, so `npm test` leaves them out. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/safety/**/*.test.ts"],
  testPathIgnorePatterns: [],
  // Much of it waits for time limits of real processes: two at a time, on two cores.
  maxWorkers: 2,
  globalSetup: "<rootDir>/test/safety/kit/jest-setup.ts",
};
