module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // They take minutes, a browser, PostgreSQL or clients of others: `npm run test:safety`, `test:browser`, `test:postgres`, `test:contract`.
  testPathIgnorePatterns: [
    "/node_modules/",
    ...["safety", "browser", "postgres", "contract"].map((name) => `<rootDir>/test/${name}/`),
  ],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  testEnvironment: "node",
  // Much of it waits, for stand-ins or for processes: more than two cores have to do.
  maxWorkers: 3,
  // A busy machine may take three times as long as an idle one.
  testTimeout: 90000,
};
