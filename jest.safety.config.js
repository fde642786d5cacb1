/** The safety tests: races, crashes, attacks. They take minutes, so `npm test` leaves them out. */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/safety/**/*.test.ts"],
  testPathIgnorePatterns: [],
  // Most of the time they wait for processes, sockets and screens.
  maxWorkers: 2,
};
