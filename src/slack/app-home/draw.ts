import { createHash } from "node:crypto";
import type { HomeView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { FIRST_LOOK, type HomeLook } from "../../domain/app-home";
import { LEASE_MS } from "../../domain/limits";
import type { Actor } from "../../domain/person";
import type { Refusal } from "../../domain/refusal";
import { MAX_DECISIONS } from "../../domain/service-limits";
import { type HomeViewer, isUnknown, lookAtViewer, permittedLook, readHome } from "../../workflow/app-home";
import type { OpenedHome } from "../../workflow/app-home-port";
import { newLeaseHolder } from "../../workflow/begin-attempt";
import { noteListing } from "../../workflow/list";
import type { Ports } from "../../workflow/ports";
import { type CallFailure, called } from "../clients/call";
import { sentenceFromJson } from "../words/sentence-json";
import { appHomeView, closedHomeView } from "./view";

/** What drawing a Home needs; `client` is of whoever waits for it, the outbox or a click. */
export type DrawPorts = Pick<
  Ports,
  "store" | "clock" | "settings" | "policy" | "people" | "home" | "log" | "ids" | "wake"
> & {
  client: WebClient;
  workspaceUrl: string;
};

/**
 * How a drawing ended. `refusal`: why it shows less than was asked for, or nothing but who may use the bot; `left`: somebody else
 * is drawing it, and draws what is newer too.
 */
export type DrawOutcome =
  | { kind: "drawn"; refusal: Refusal | null }
  | { kind: "left" | "unknown" }
  | (CallFailure & { refusal: Refusal | null });

/**
 * Draws somebody's Home from the record as it is now. One at a time draws it: whoever comes meanwhile leaves it to them, and
 * they draw once more. So what was read earlier never overwrites what was read later.
 * @param who `actor` is the one of a payload; null where it is drawn by itself
 */
export async function drawHome(ports: DrawPorts, who: { userId: string; actor: Actor | null }): Promise<DrawOutcome> {
  for (let drawings = 1; ; drawings++) {
    const outcome = await drawOnce(ports, who);
    if (outcome.kind !== "outdated") return outcome;
    if (drawings < MAX_DECISIONS) continue;
    await ports.store.appHomes.owe(who.userId);
    return { kind: "left" };
  }
}

async function drawOnce(
  ports: DrawPorts,
  { userId, actor }: { userId: string; actor: Actor | null },
): Promise<DrawOutcome | { kind: "outdated" }> {
  const { store, clock } = ports;
  const viewer = await lookAtViewer(ports, actor ?? userId, actor === null ? "redraw" : "form");
  // By itself nothing is drawn over what stands there because Slack is busy.
  if (actor === null && viewer.kind === "refused" && isUnknown(viewer)) return failedFor(viewer.code, viewer);
  const heldUntilMs = clock.monotonicMs() + LEASE_MS;
  const holder = newLeaseHolder(ports);
  const seesOthers = viewer.kind === "viewer" && (viewer.isApprover || viewer.mayDecide);
  const held = await store.appHomes.take(userId, { holder, seesOthers });
  if (held === null) return leaveIt(ports, userId);
  const giveBack = () => store.appHomes.release(userId, holder, { isOwed: actor !== null });
  try {
    const { view, look, refusal } = await contentOf(ports, viewer, held);
    const digest = createHash("sha256").update(JSON.stringify(view)).digest("base64");
    const isThere = actor === null && held.digest === digest;
    const isInTime = clock.monotonicMs() < heldUntilMs;
    const failed = isInTime ? (isThere ? null : await publish(ports, userId, view)) : failedFor("held_up", null);
    if (failed !== null) {
      // Whoever crafts a click may look at what Slack does not draw; their Home opens anew all the same.
      if (NOT_DRAWABLE.has(failed.code)) await store.appHomes.acted(userId, { look: FIRST_LOOK, said: null });
      await giveBack();
      return { ...failed, refusal };
    }
    const drawn = await store.appHomes.drawn(userId, holder, { acts: held.acts, digest, look });
    return drawn === "outdated" ? { kind: "outdated" } : { kind: "drawn", refusal };
  } catch (error) {
    // What somebody looks at may be what can't be read: their Home opens anew.
    await store.appHomes.acted(userId, { look: FIRST_LOOK, said: null }).catch(() => {});
    await giveBack().catch(() => {});
    throw error;
  }
}

/** Codes with which Slack says that it does not draw such a view (`views.publish`). */
const NOT_DRAWABLE: ReadonlySet<string> = new Set(["invalid_arguments", "invalid_blocks", "view_too_large"]);

async function publish({ client }: DrawPorts, userId: string, view: HomeView): Promise<CallFailure | null> {
  const published = await called(client.views.publish({ user_id: userId, view }));
  return published.kind === "failed" ? published : null;
}

function failedFor(code: string, refusal: Refusal | null): CallFailure & { refusal: Refusal | null } {
  return { kind: "failed", code, retryAfterMs: null, refusal };
}

/** Whoever draws it now draws what is newer too; should they end before that, the outbox does. */
async function leaveIt({ store }: DrawPorts, userId: string): Promise<DrawOutcome> {
  if ((await store.appHomes.find(userId)) === null) return { kind: "unknown" };
  await store.appHomes.owe(userId);
  return { kind: "left" };
}

/** What is drawn, what is looked at in it from then on, and why that is less than was asked for. */
async function contentOf(
  ports: DrawPorts,
  viewer: HomeViewer | Refusal,
  held: OpenedHome,
): Promise<{ view: HomeView; look: HomeLook; refusal: Refusal | null }> {
  if (viewer.kind === "refused") return { view: closedHomeView(viewer), look: held.look, refusal: viewer };
  const { settings, workspaceUrl } = ports;
  const { look, refusal } = permittedLook(held.look, viewer);
  // What is drawn by itself shows the page that they were shown before.
  if (held.acts !== held.drawnActs) await noteOthers(ports, viewer.userId, look);
  const view = appHomeView({
    contents: await readHome(ports, { viewer, look }),
    whyOwn: refusal,
    said: held.said === null ? null : sentenceFromJson(held.said),
    isFirst: held.drawnActs === 0,
    policy: viewer.policy,
    links: { workspaceUrl, approvalsChannelId: settings.approvalsChannelId },
  });
  // As soon as Slack says again who the approvers are, they see what they looked at.
  return { view, look: refusal !== null && isUnknown(refusal) ? held.look : look, refusal };
}

/** Who looked at others' keys is in the record before they see a page of them, as with a list. */
async function noteOthers(ports: DrawPorts, userId: string, look: HomeLook): Promise<void> {
  if (look.whose === "everybody") await noteListing(ports, userId, look.ownerId);
}
