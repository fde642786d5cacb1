/** The safety tests: races, crashes, attacks. They take minutes, so `npm test` leaves them out. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/safety/**/*.test.ts"],
  testPathIgnorePatterns: [],
  globalSetup: "<rootDir>/test/safety/kit/jest-setup.ts",
};
