import type { FileProblem } from "./config-files";

/** What a policy's file says: beside one, nobody could tell which of the two counts. */
const SAID_BY_THE_FILE = [
  "APPROVAL_FOR",
  "REQUESTERS",
  "MAX_KEYS_PER_USER",
  "LASTS_READONLY",
  "LASTS_EDITOR",
  "LASTS_ADMIN",
];

/** The variables that are set beside a policy's file, which says in its rules what they say. */
export function besidePolicyFile(env: NodeJS.ProcessEnv): FileProblem[] {
  const isSet = (variable: string) => (env[variable] ?? "").trim() !== "";
  if (!isSet("POLICY_FILE")) return [];
  return SAID_BY_THE_FILE.filter(isSet).map((variable) => ({ variable, problem: BESIDE }));
}

const BESIDE = "is set beside POLICY_FILE, whose rules say what it says: leave out one of the two";
