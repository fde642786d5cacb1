import { ACCESS } from "./access.mjs";
import { ACTING } from "./acting.mjs";
import { AGES } from "./ages.mjs";
import { ASKING } from "./asking.mjs";
import { CHANGING } from "./changing.mjs";
import { CLOCKS } from "./clocks.mjs";
import { DOCTOR } from "./doctor.mjs";
import { DOMAIN } from "./domain.mjs";
import { DROPS } from "./drops.mjs";
import { ENDS } from "./ends.mjs";
import { GLASSES } from "./glasses.mjs";
import { HOMES } from "./homes.mjs";
import { KEYS } from "./keys.mjs";
import { LEAKS_REPORTED } from "./leaks.mjs";
import { LEAVERS } from "./leavers.mjs";
import { LOOK_RULES } from "./looks.mjs";
import { ODD_SLACK } from "./odd-slack.mjs";
import { OFF_KEYS } from "./off-keys.mjs";
import { PAUSES } from "./pauses.mjs";
import { POLICIES } from "./policies.mjs";
import { POLICIES_IN_FORCE } from "./policies-in-force.mjs";
import { POLICY_FILES } from "./policy-files.mjs";
import { RESUMES } from "./resumes.mjs";
import { REVIEWED } from "./reviewed.mjs";
import { ROTATIONS } from "./rotations.mjs";
import { SLACK } from "./slack.mjs";
import { DOMAIN_STEPS } from "./steps.mjs";
import { STORE } from "./store.mjs";
import { STORED } from "./stored.mjs";
import { SWITCHING } from "./switching.mjs";
import { TIGRIS } from "./tigris.mjs";
import { TOGETHER } from "./together.mjs";
import { TRACES_AND_FORGETTING } from "./traces.mjs";
import { VOTING } from "./votes.mjs";
import { WAITING } from "./waiting.mjs";

/**
 * A rule that protects a key, with a change that takes it away and the tests that have to notice.
 * @typedef {object} Mutation
 * @property {string} rule
 * @property {string} file
 * @property {string} find a text that is in the file once
 * @property {string} replace
 * @property {string} tests the smallest part of the tests that has to notice, as a pattern of paths
 * @property {string} [named] of these, the tests with such names
 * @property {string} [reason] why nothing has to notice: something else holds the same rule
 */

/** @type {Mutation[]} */
export const MUTATIONS = [
  ...DOMAIN,
  ...DOMAIN_STEPS,
  ...STORE,
  ...STORED,
  ...TIGRIS,
  ...DOCTOR,
  ...SLACK,
  ...ASKING,
  ...ACCESS,
  ...ACTING,
  ...KEYS,
  ...OFF_KEYS,
  ...SWITCHING,
  ...VOTING,
  ...DROPS,
  ...ENDS,
  ...ROTATIONS,
  ...AGES,
  ...GLASSES,
  ...PAUSES,
  ...POLICIES,
  ...POLICY_FILES,
  ...RESUMES,
  ...POLICIES_IN_FORCE,
  ...CHANGING,
  ...CLOCKS,
  ...REVIEWED,
  ...TRACES_AND_FORGETTING,
  ...LOOK_RULES,
  ...ODD_SLACK,
  ...TOGETHER,
  ...WAITING,
  ...HOMES,
  ...LEAKS_REPORTED,
  ...LEAVERS,
];
