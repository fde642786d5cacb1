import fc from "fast-check";
import { csvLine } from "../../src/commands/csv";

test.each<[string, readonly string[], string]>([
  ["plain values", ["a", "b c", ""], "a,b c,"],
  ["commas, quotes and lines", ["a,b", 'say "no"', "one\ntwo", "cr\r"], '"a,b","say ""no""","one\ntwo","cr\r"'],
  ["formulas", ["=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "＝1"], "'=1+1,'+1,'-1,'@SUM(A1),'|cmd,'＝1"],
  ["formulas behind blanks", ["\t=1", "\r=1", "  =1", "\n@x"], "'\t=1,\"'\r=1\",'  =1,\"'\n@x\""],
  [
    "a formula with a comma",
    ['=HYPERLINK("https://evil.example","x")'],
    '"\'=HYPERLINK(""https://evil.example"",""x"")"',
  ],
])("%s", (_what, values, line) => {
  expect(csvLine(values)).toBe(`${line}\r\n`);
});

/** Reads one line as RFC 4180 has it. */
function read(line: string): string[] {
  const values: string[] = [];
  let rest = line.slice(0, -2);
  for (;;) {
    const [all = "", quoted, bare = ""] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|$)/.exec(rest) ?? [];
    values.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (!all.endsWith(",") || (quoted === undefined && all.length === 0)) return values;
    rest = rest.slice(all.length);
    if (rest === "") return [...values, ""];
  }
}

test("whatever stands in a value comes back, and no cell begins a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 12 }), (values) => {
      const cells = read(csvLine(values));
      expect(cells.map((cell, index) => (cell === `'${values[index]}` ? values[index] : cell))).toEqual(values);
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
