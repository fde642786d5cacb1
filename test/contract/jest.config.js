const { join } = require("node:path");

/** Clients that this project did not write, against its stand-in for Tigris: `npm run test:contract`. */
module.exports = {
  ...require("../../jest.config.js"),
  rootDir: join(__dirname, "..", ".."),
  testMatch: ["<rootDir>/test/contract/*.test.ts"],
  testPathIgnorePatterns: [],
  globalSetup: "<rootDir>/test/contract/install.js",
  // A dozen processes in a row, each of which takes a second to begin with.
  testTimeout: 240000,
};
