import type { IncomingMessage } from "node:http";
import { type Answer, jsonAnswer, underFault } from "../../answer";
import type { Call, Returned, Workspace } from "../workspace";
import { readArguments } from "./arguments";
import { blockMethods } from "./blocks";
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
  ...blockMethods,
  ...connectionMethods,
};

/** Answers one call of the Web API. @param query of its address @param body as it came in */
export async function handleCall(
  workspace: Workspace,
  { method, query }: { method: string; query: URLSearchParams },
  request: Pick<IncomingMessage, "headers">,
  body: string,
): Promise<Answer | null> {
  const read = await readArguments(query, request.headers, body);
  const { params, tokenInBody } = read.kind === "read" ? read : { params: {}, tokenInBody: null };
  const inHeader = request.headers.authorization?.replace(/^Bearer /, "");
  // An app-level token counts in the header alone.
  const inBody = tokenInBody === workspace.app.appToken ? null : tokenInBody;
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
    const result = read.kind === "read" ? run(workspace, method, call) : failure(read.error);
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
