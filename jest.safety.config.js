/** The safety tests: races, crashes, attacks. They take minutes, so `npm test` leaves them out. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/safety/**/*.test.ts"],
  testPathIgnorePatterns: [],
  // Much of it waits for time limits of real processes, more than two cores have to do.
  maxWorkers: 3,
  globalSetup: "<rootDir>/test/safety/kit/jest-setup.ts",
};
