/**
 * One line of CSV (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe, which shows that it is text.
 * @param values of which none has a meaning beyond its text
 */
export function csvLine(values: readonly string[]): string {
  return `${values.map(field).join(",")}\r\n`;
}

const FORMULA = /^[\t\r]|^\s*[=+\-@|\uFF0B\uFF0D\uFF1D\uFF20]/;
const NEEDS_QUOTES = /[",\r\n]/;

function field(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
