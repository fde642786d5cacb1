import { type Answer, jsonAnswer } from "../answer";
import type { Fault } from "../faults";
import { happened } from "./happened";
import type { Workspace } from "./workspace";

/** Answers what a page at the controls sees and does, apart from people; null where there is no such thing. */
export function answerControl(workspace: Workspace, url: URL, method: string | undefined, body: string): Answer | null {
  switch (`${method} ${url.pathname}`) {
    case "GET /sandbox/happened":
      return happened(workspace, Number(url.searchParams.get("since") ?? 0));
    case "POST /sandbox/faults": {
      const asked = JSON.parse(body) as { call: string; times?: number; fault: Fault };
      workspace.faults.arm({ call: asked.call, times: asked.times ?? 1 }, asked.fault);
      return jsonAnswer(200, { armed: true });
    }
    case "GET /sandbox/faults":
      return jsonAnswer(200, { waiting: workspace.faults.waiting() });
    case "DELETE /sandbox/faults":
      workspace.faults.clear();
      return jsonAnswer(200, { armed: false });
    default:
      return null;
  }
}
