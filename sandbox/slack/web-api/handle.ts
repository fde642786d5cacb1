import type { IncomingMessage } from "node:http";
import { type Answer, jsonAnswer, underFault } from "../../answer";
import type { Call, Returned, Workspace } from "../workspace";
import { chatMethods } from "./chat";
import { connectionMethods } from "./connections";
import { conversationMethods } from "./conversations";
import { failure, isFailure, type Method, type Result } from "./method";
import { peopleMethods } from "./people";
import { overRateLimit } from "./rate-limit";
import { viewMethods } from "./views";

/** The methods that there are. Anything else is unknown, as it would be if it were misspelt. */
const METHODS: Record<string, Method> = {
  ...peopleMethods,
  ...conversationMethods,
  ...chatMethods,
  ...viewMethods,
  ...connectionMethods,
};

/** Answers one call of the Web API. @param body as it came in */
export async function handleCall(
  workspace: Workspace,
  method: string,
  request: IncomingMessage,
  body: string,
): Promise<Answer | null> {
  const read = paramsOf(request, body);
  const { token, ...params } = read ?? {};
  const inHeader = request.headers.authorization?.replace(/^Bearer /, "");
  // An app-level token counts in the header alone.
  const inBody = typeof token === "string" && token !== workspace.app.appToken ? token : null;
  const call: Call = {
    method,
    params,
    token: kindOf(workspace, inHeader ?? inBody),
    at: workspace.now(),
    answer: null,
    sent: null,
    endedAt: null,
  };
  workspace.calls.push(call);
  workspace.passed.emit("change");
  const given = await underFault(workspace.faults, method, params, () => {
    const tooMany = overRateLimit(workspace, method);
    if (tooMany) return tooMany;
    const result = read ? run(workspace, method, call) : failure("invalid_json");
    call.answer = isFailure(result) ? { ok: false, ...result } : { ok: true, ...result };
    return jsonAnswer(200, call.answer);
  });
  if (given) Object.assign(call, { sent: given, endedAt: workspace.now() } satisfies Returned);
  workspace.passed.emit("change");
  return given;
}

function run(workspace: Workspace, name: string, { params, token }: Call): Result {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method) return failure("unknown_method", { req_method: name });
  if (token === "none") return failure("not_authed");
  if (token === "other") return failure("invalid_auth");
  if (token !== method.token) return failure("not_allowed_token_type");
  const provided = workspace.app.manifest.oauth_config?.scopes?.bot ?? [];
  if (method.scopes.length > 0 && !method.scopes.some((scope) => provided.includes(scope)))
    return failure("missing_scope", { needed: method.scopes.join(","), provided: provided.join(",") });
  const missing = method.required.filter((argument) => params[argument] === undefined || params[argument] === "");
  if (missing.length > 0)
    return failure("invalid_arguments", {
      response_metadata: { messages: missing.map((argument) => `[ERROR] missing required field: ${argument}`) },
    });
  return method.run(workspace, params);
}

function kindOf({ app }: Workspace, token: string | null): Call["token"] {
  if (token === null || token === "") return "none";
  if (token === app.botToken) return "bot";
  return token === app.appToken ? "app" : "other";
}

/** Arguments come as a form whose structured ones are JSON, or as JSON altogether; null where that can't be read. */
function paramsOf(request: IncomingMessage, body: string): Record<string, unknown> | null {
  if (request.headers["content-type"]?.startsWith("application/json")) {
    const read = parsed(body);
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : null;
  }
  const form: Record<string, unknown> = Object.fromEntries(new URLSearchParams(body));
  for (const name of ["blocks", "view"]) if (typeof form[name] === "string") form[name] = parsed(form[name]);
  return form;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Slack says that it is malformed by refusing it, not by failing.
    return "malformed";
  }
}
