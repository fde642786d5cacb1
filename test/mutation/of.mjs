/**
 * Mutations of one file for one set of tests, in short.
 * @param {string} file
 * @param {string} tests
 * @param {[rule: string, find: string, replace?: string, named?: string, reason?: string][]} rules what is found is left
 *   out where nothing replaces it
 */
export function of(file, tests, rules) {
  return rules.map(([rule, find, replace = "", named, reason]) => ({
    rule,
    file,
    find,
    replace,
    tests,
    named,
    reason,
  }));
}
