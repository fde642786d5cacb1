import { OPERATOR, type Sentence } from "./sentence";

/** Codes of what passes by itself: Slack is busy, or did not answer. */
const PASSES = /^(?:ratelimited|no_answer|http_\d+|internal_error|fatal_error|service_unavailable|request_timeout)$/;

/** Why Slack does not say who somebody is, and what to do. The code itself is in the log. */
export function whyNoLook(slackCode: string): Sentence {
  switch (slackCode) {
    case "no_such_subteam":
      return ["a user group that says who may do this is gone. Tell ", OPERATOR, "."];
    case "missing_scope":
    case "no_permission":
    case "permission_denied":
    case "access_denied":
      return ["I lack a permission there. Tell ", OPERATOR, "."];
    case "user_not_found":
    case "user_not_visible":
      return ["it shows me no such person. Tell ", OPERATOR, "."];
    default:
      return ["it refuses me. Tell ", OPERATOR, "."];
  }
}

/** What helps where a direct message can't be opened. */
export function whatOpensConversation(slackCode: string): Sentence {
  return PASSES.test(slackCode)
    ? ["Please try again in a moment."]
    : ["Try again; if that goes on, tell ", OPERATOR, "."];
}

/** What helps where a DM takes no post. */
export function whatOpensDm(slackCode: string): Sentence {
  if (PASSES.test(slackCode)) return ["; please try again in a moment."];
  if (slackCode === "messages_tab_disabled")
    return ["; ask ", OPERATOR, " to turn on the Messages Tab in the app's settings."];
  return [". Open our DM anew and press again; if that goes on, tell ", OPERATOR, "."];
}

/** Why the approvals channel takes no post, after "I can't post in #approvals". */
export function whyNoPost(slackCode: string): string {
  if (PASSES.test(slackCode)) return ", since Slack is busy or doesn't answer";
  switch (slackCode) {
    case "restricted_action":
    case "restricted_action_read_only_channel":
    case "restricted_action_thread_only_channel":
      return ", since its posting rules leave me out";
    case "not_in_channel":
    case "channel_not_found":
      return ", since I'm not in it";
    case "is_archived":
      return ", since it is archived";
    default:
      return "";
  }
}
