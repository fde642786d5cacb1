const { join } = require("node:path");

/** The tests in a real browser: `npm run test:browser`. They build what they need first. */
module.exports = {
  ...require("../../jest.config.js"),
  rootDir: join(__dirname, "..", ".."),
  testMatch: ["<rootDir>/test/browser/**/*.test.ts"],
  testPathIgnorePatterns: [],
  globalSetup: "<rootDir>/test/browser/build.js",
  // A browser on a busy machine takes its time.
  testTimeout: 60000,
  maxWorkers: 1,
};
