import { findPostgres } from "../../../sandbox/postgres/binaries";

test("where PG_BIN names the wrong folder, the sentence says that it is PG_BIN", () => {
  expect(() => findPostgres({ PG_BIN: __dirname })).toThrow(/PG_BIN names the folder .* It names another one now\.$/);
});
