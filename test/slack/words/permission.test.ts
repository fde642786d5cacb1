import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ANY_KEY_WORDS, PERMISSION_WORDS } from "../../../src/slack/words/permission";

test("what each permission may do is said in the same words in the README and in what is written on security", () => {
  for (const file of ["README.md", "docs/security.md"]) {
    const text = readFileSync(join(__dirname, "../../..", file), "utf8").replace(/\s+/g, " ");
    for (const words of [...Object.values(PERMISSION_WORDS), ANY_KEY_WORDS]) expect(text).toContain(words);
  }
});
