const BEGINS = /^\s*(begin|start\s+transaction)\b/i;
const COMMITS = /^\s*(commit|end)\b(?!\s+prepared)/i;
const ENDS_WITHOUT = /^\s*(rollback(?!\s+to\b)|abort)\b/i;
const WRITES = /^\s*(with\b.*\b)?(insert|update|delete|merge)\b/is;

/**
 * Follows the transactions of one session.
 * @returns for each statement all those of the transaction that it commits; null where it commits none. One that writes
 * outside a transaction commits itself.
 */
export function createTransactionReader(): (statement: string) => string[] | null {
  let open: string[] | null = null;
  return (statement) => {
    if (BEGINS.test(statement)) {
      open = [];
      return null;
    }
    if (open === null) return WRITES.test(statement) ? [statement] : null;
    if (COMMITS.test(statement)) {
      const committed = open;
      open = null;
      return committed;
    }
    if (ENDS_WITHOUT.test(statement)) open = null;
    else open.push(statement);
    return null;
  };
}
