module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // They take minutes: `npm run test:safety`.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/safety/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  testEnvironment: "node",
  testTimeout: 20000,
};
