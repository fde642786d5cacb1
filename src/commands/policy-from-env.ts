import { formatProblems } from "../config";
import { readPolicySettings } from "../config-parts";
import { policyFromSettings } from "../domain/policy/from-settings";
import { formatMistakes, readPolicyFile } from "../policy-file/read";
import { writePolicyFile } from "../policy-file/write";
import { EXIT } from "../start-error";
import { parsed, type Run } from "./command";

const HEAD = `# The policy that the variables of this bot amount to. To use it, name this file in POLICY_FILE, and leave out
# APPROVAL_FOR, REQUESTERS, MAX_KEYS_PER_USER and LASTS_…. APPROVERS stays: they look after all keys.
`;

/** Writes the policy that today's variables amount to, as a file to begin with. */
export const policyFromEnv: Run = async ({ args, env, say, complain }) => {
  parsed({ args: [...args] });
  const reading = readPolicySettings(env);
  if (!reading.ok) {
    complain(formatProblems(reading.problems));
    return EXIT.config;
  }
  const text = `${HEAD}${writePolicyFile(policyFromSettings(reading.settings))}`;
  const read = readPolicyFile(text);
  // More people than a file may name are better named by a user group.
  if (!read.ok) complain(formatMistakes("The policy of these variables", read.mistakes));
  else say(text);
  return read.ok ? 0 : 1;
};
