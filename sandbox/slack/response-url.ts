import { type Answer, underFault } from "../answer";
import { LIMITS } from "./limits/table";
import { addMessage, changeMessage, contentOf } from "./messages";
import type { Response, ResponseUrl, Returned, Workspace } from "./workspace";

/** Answers a POST to a `response_url`: five uses within 30 minutes. @param token what follows `/response/` */
export async function handleResponse(workspace: Workspace, token: string, body: string): Promise<Answer | null> {
  const params = parsed(body);
  const response: Response = { params, at: workspace.now(), sent: null, endedAt: null };
  workspace.responses.push(response);
  workspace.passed.emit("change");
  const given = await underFault(workspace.faults, "response_url", params, () => {
    const address = workspace.responseUrls.get(token);
    if (!address || workspace.now() - address.at > LIMITS.responseUrl.ms) return said(404, "expired_url");
    if (address.uses >= LIMITS.responseUrl.uses) return said(404, "used_url");
    address.uses += 1;
    return follow(workspace, address, params);
  });
  if (given) Object.assign(response, { sent: given, endedAt: workspace.now() } satisfies Returned);
  workspace.passed.emit("change");
  return given;
}

function follow(workspace: Workspace, address: ResponseUrl, params: Record<string, unknown>): Answer {
  const original = address.messageTs === null ? undefined : workspace.find(address.channelId, address.messageTs);
  if (params.delete_original === true) {
    if (original) workspace.remove(original);
    return said(200, "ok");
  }
  const content = contentOf(params, LIMITS.messageText.update);
  if ("error" in content) return said(400, content.error);
  if (params.replace_original === true && original) {
    changeMessage(workspace, original, content);
    return said(200, "ok");
  }
  const onlyTo = params.response_type === "in_channel" ? null : address.userId;
  addMessage(workspace, { channelId: address.channelId, ...content, onlyTo });
  return said(200, "ok");
}

function said(status: number, body: string): Answer {
  return { status, headers: { "content-type": "text/plain" }, body };
}

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    // Refused further on, as a message without a text.
    return {};
  }
}
