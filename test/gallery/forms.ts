import type { ModalView } from "@slack/types";
import type { FieldProblem } from "../../src/domain/input-rules";
import type { Access } from "../../src/domain/permission";
import { draftOf } from "../../src/slack/access-form/draft";
import { accessForm } from "../../src/slack/access-form/view";
import { approveForm } from "../../src/slack/approve-form/view";
import { loadingView, outcomeView, workingView } from "../../src/slack/blocks/modals";
import { breakGlassForm } from "../../src/slack/break-glass/form";
import { emptyDraft } from "../../src/slack/create-form/draft";
import { deleteForm, deleteThisForm } from "../../src/slack/delete-form/view";
import { denyForm } from "../../src/slack/deny-form/view";
import { BLOCKS, type CALLBACKS } from "../../src/slack/ids";
import { MALFORMED } from "../../src/slack/interaction/reply";
import { keepForm } from "../../src/slack/old-keys/keep-form";
import { NOW, rotateForm } from "../../src/slack/rotate-form/view";
import { secretForm } from "../../src/slack/secret-form/view";
import { takeoverForm } from "../../src/slack/takeover-form/view";
import { fieldProblemWords } from "../../src/slack/words/fields";
import { TITLES } from "../../src/slack/words/labels";
import { refusalWords } from "../../src/slack/words/refusals";
import { bold } from "../../src/slack/words/sentence";
import { CREATE_FORMS, FORM_WITH_ERRORS, PROBLEMS, sentView } from "./create-forms";
import { type Entry, entriesOf, flat, type Seen, type States } from "./entry";
import {
  ADMIN,
  ANN,
  APPROVERS,
  ASKED,
  BOB,
  DANA,
  DEPLOY,
  EDITOR,
  EDITOR_MANY,
  HANDOUT,
  key,
  minutesAgo,
  POLICY,
  ROTATED,
  request,
} from "./records";
import { KEY_STATES, PAUSES, REQUEST_STATES } from "./states";

const REFUSED = { kind: "refused", about: {} } as const;

const LIVE = key(KEY_STATES.live[""]);
const DEPLOYED = key(KEY_STATES.live[""], DEPLOY);

const LEFT = [{ key: { ...LIVE, ownerId: BOB }, needsApproval: false }];

const GLASS_FORM = {
  draft: { ...emptyDraft(""), format: "shell" },
  glass: { who: { users: [DANA], groups: [] }, lastsMs: 14_400_000, tellChannelId: "CGENERAL1" },
  offer: { allBuckets: true, endpoints: HANDOUT.offered, bucketTrouble: null },
  problem: null,
} satisfies Parameters<typeof breakGlassForm>[0];

const LESS: Access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } };

const ACCESS_FORM = {
  key: LIVE,
  draft: draftOf(LIVE, LIVE.access, ""),
  comparison: "same",
  offer: { policy: POLICY, allBuckets: true, bucketTrouble: null },
  approval: [],
  problem: null,
} satisfies Parameters<typeof accessForm>[0];

const FORMS = {
  create: CREATE_FORMS,
  delete: {
    "none chosen": deleteForm({ picked: null, viewerId: DANA }),
    chosen: deleteForm({ picked: LIVE, viewerId: DANA }),
    "somebody else's": deleteForm({ picked: { ...LIVE, ownerId: "UBOB00001" }, viewerId: DANA }),
    "no such key": deleteForm({
      picked: null,
      viewerId: DANA,
      problem: { named: "nosuch" },
    }),
    "of one name, several": deleteForm({ picked: null, viewerId: DANA, named: "nightly-backup" }),
    "named before": deleteThisForm({ key: LIVE, viewerId: DANA, from: null }),
    "named before, off": deleteThisForm({ key: key(KEY_STATES.off["secret shown"]), viewerId: DANA, from: null }),
    "named before, somebody else's": deleteThisForm({ key: DEPLOYED, viewerId: "UANN00001", from: null }),
    "nothing to delete": outcomeView(TITLES.delete, ["There is no key that you could delete."]),
  },
  approveLess: {
    "of an Admin key": approveForm(request(REQUEST_STATES.pending[""])),
    "of many buckets": approveForm(
      request(REQUEST_STATES.pending[""], { asked: { ...ASKED.key, access: EDITOR_MANY } }),
    ),
    "not less": approveForm(request(REQUEST_STATES.pending[""]), {
      kind: "refused",
      code: "not_less",
      about: { request: request(REQUEST_STATES.pending[""]) },
    }),
  },
  breakGlass: {
    "": breakGlassForm(GLASS_FORM),
    "without all buckets": breakGlassForm({ ...GLASS_FORM, offer: { ...GLASS_FORM.offer, allBuckets: false } }),
    "reason too short": breakGlassForm({
      ...GLASS_FORM,
      problem: { kind: "invalid", field: "reason", problem: PROBLEMS.reason_too_short },
    }),
    "buckets gone": breakGlassForm({
      ...GLASS_FORM,
      problem: { kind: "invalid", field: "buckets", problem: PROBLEMS.buckets_gone },
    }),
    "broken already": breakGlassForm({
      ...GLASS_FORM,
      problem: { kind: "refused", code: "glass_is_broken", about: { keyName: "deploy" } },
    }),
    "no buckets": breakGlassForm({ ...GLASS_FORM, offer: { ...GLASS_FORM.offer, bucketTrouble: "none" } }),
  },
  deny: { "": denyForm(request(REQUEST_STATES.pending[""])) },
  secret: {
    "": secretForm({ kind: "secret", key: DEPLOYED, reason: "", problem: null }),
    "of a paused key": secretForm({
      kind: "secret",
      key: { ...DEPLOYED, pause: PAUSES.paused.owner },
      reason: "",
      problem: null,
    }),
    "reason too short": secretForm({
      kind: "secret",
      key: DEPLOYED,
      reason: "because",
      problem: [fieldProblemWords(PROBLEMS.reason_too_short)],
    }),
    sent: sentView(request(REQUEST_STATES.pending[""], { asked: ASKED.secret })),
  },
  resume: {
    "": secretForm({ kind: "resume", key: DEPLOYED, reason: "", problem: null }),
    sent: sentView(request(REQUEST_STATES.pending[""], { asked: ASKED.resume })),
  },
  keep: { "": keepForm(DEPLOYED, minutesAgo(-129_600)) },
  extend: {
    "": secretForm({ kind: "extend", key: DEPLOYED, reason: "", problem: null }),
    sent: sentView(request(REQUEST_STATES.pending[""], { asked: ASKED.extend })),
  },
  rotate: {
    "": rotateForm({ key: LIVE, needsApproval: false, way: "86400000", reason: "", lead: null }),
    "with an approval": rotateForm({ key: DEPLOYED, needsApproval: true, way: NOW, reason: "", lead: null }),
    "none chosen": rotateForm({ key: null, needsApproval: false, way: "86400000", reason: "", lead: null }),
    "of one name, several": rotateForm({
      key: null,
      needsApproval: false,
      way: "86400000",
      reason: "",
      lead: ["Several keys are called ", bold("nightly-backup"), ". Pick one:"],
    }),
    "reason too short": rotateForm({
      key: DEPLOYED,
      needsApproval: true,
      way: "604800000",
      reason: "too",
      lead: ["⚠️ ", fieldProblemWords(PROBLEMS.reason_too_short)],
    }),
    "nothing to rotate": outcomeView(TITLES.rotate, ["There is no key that you could rotate."]),
    sent: sentView(request(REQUEST_STATES.pending[""], { asked: ROTATED })),
  },
  takeover: {
    "": takeoverForm({ fromId: BOB, keys: LEFT, chosen: null, reason: "", problem: null }),
    "with one that needs an approval": takeoverForm({
      fromId: BOB,
      keys: [...LEFT, { key: DEPLOYED, needsApproval: true }],
      chosen: null,
      reason: "",
      problem: null,
    }),
    "reason too short": takeoverForm({
      fromId: BOB,
      keys: [...LEFT, { key: DEPLOYED, needsApproval: true }],
      chosen: [DEPLOYED.accessKeyId],
      reason: "because",
      problem: [fieldProblemWords(PROBLEMS.reason_too_short)],
    }),
    "more than fit": takeoverForm({
      fromId: BOB,
      keys: Array.from({ length: 12 }, (_, at) => ({
        key: key(KEY_STATES.live[""], { accessKeyId: `tid_${at}` }),
        needsApproval: false,
      })),
      chosen: null,
      reason: "",
      problem: null,
    }),
  },
  access: {
    "as it is": accessForm(ACCESS_FORM),
    less: accessForm({ ...ACCESS_FORM, draft: draftOf(LIVE, LESS, ""), comparison: "narrower" }),
    "more, by policy": accessForm({ ...ACCESS_FORM, draft: draftOf(LIVE, EDITOR, ""), comparison: "other" }),
    "more, with an approval": accessForm({
      ...ACCESS_FORM,
      draft: draftOf(LIVE, ADMIN, ""),
      comparison: "wider",
      approval: [{ rule: "admin", people: APPROVERS, count: 1, others: 5, isAll: true }],
    }),
    "no bucket chosen": accessForm({ ...ACCESS_FORM, draft: { ...ACCESS_FORM.draft, buckets: [] }, comparison: null }),
    "reason too short": accessForm({
      ...ACCESS_FORM,
      draft: draftOf(LIVE, ADMIN, "because"),
      comparison: "wider",
      approval: [{ rule: "admin", people: APPROVERS, count: 1, others: 5, isAll: true }],
      problem: { kind: "invalid", field: "reason", problem: PROBLEMS.reason_too_short },
    }),
    sent: sentView(request(REQUEST_STATES.pending[""], { asked: ASKED.access })),
  },
} satisfies { [Form in keyof typeof CALLBACKS]: States<ModalView> };

/** What takes a form's place: while it is found out what it shows, while it is carried out, and where it can't be. */
const AROUND: States<ModalView> = {
  loading: loadingView(TITLES.create),
  working: workingView(TITLES.create, "Checking your request…"),
  refused: outcomeView(TITLES.create, refusalWords({ ...REFUSED, code: "guest" })),
  malformed: outcomeView(TITLES.any, MALFORMED),
};

/** Beside which field each is said. */
const AT: { [Code in FieldProblem["code"]]: string } = {
  name_characters: BLOCKS.keyName,
  too_long: BLOCKS.keyName,
  reason_too_short: BLOCKS.reason,
  bucket_count: BLOCKS.buckets,
  buckets_gone: BLOCKS.buckets,
  life_too_long: BLOCKS.lifeDay,
  day_over: BLOCKS.lifeDay,
};

/** Every form, and what stands in its place. */
export function forms(): Entry[] {
  const { deny, approveLess, ...own } = FORMS;
  return [
    ...entriesOf("Forms", flat<ModalView>(own), toDana),
    ...entriesOf("Forms", flat<ModalView>({ deny, approveLess }), (view) => ({ ...toDana(view), readerId: ANN })),
    ...entriesOf("In place of a form", AROUND, toDana),
    ...entriesOf("What is wrong with a field", PROBLEMS, (problem: FieldProblem) => ({
      ...toDana(FORM_WITH_ERRORS),
      errors: { [AT[problem.code]]: fieldProblemWords(problem) },
    })),
  ];
}

function toDana(view: ModalView): Seen {
  return { kind: "modal", readerId: DANA, view };
}
