module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // They take minutes, or a browser: `npm run test:safety`, `npm run test:browser`.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/safety/", "<rootDir>/test/browser/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  testEnvironment: "node",
  testTimeout: 20000,
};
