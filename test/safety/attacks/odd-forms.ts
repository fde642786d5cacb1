import { ACTIONS, BLOCKS, CALLBACKS } from "../../../src/slack/ids";
import { OWN_KEY } from "../../kit/people";
import { type CraftedView, choice, openView, search, submission } from "./crafted";
import { createValues, deleteValues, denyValues, keepValues, lessValues, rotateValues, secretValues } from "./forms";
import {
  ANN,
  DANA,
  deep,
  HUGE,
  NOT_APPROVER,
  type Odd,
  prototypeKeys,
  UNKNOWN_KEY,
  UNKNOWN_REQUEST,
  UNREADABLE,
} from "./odd";
import { ODD_TAKEOVERS } from "./odd-takeovers";
import type { Stage } from "./stage";

type Made = Omit<CraftedView, "id"> & { id?: unknown };

function odd(name: string, made: Made | ((stage: Stage) => Made), reads: Odd["reads"]): Odd {
  return {
    name,
    kind: "interaction",
    make: async (world, stage, from) => {
      const view = { id: await openView(world, from), ...(typeof made === "function" ? made(stage) : made) };
      return submission(world, from, view as CraftedView);
    },
    reads,
  };
}

const create = (chosen: Parameters<typeof createValues>[0]): Made => ({
  callbackId: CALLBACKS.create,
  values: createValues(chosen),
});
const deny = (about: unknown, values: unknown = denyValues()): Made => ({ callbackId: CALLBACKS.deny, about, values });
const give = (about: unknown, values: unknown = lessValues()): Made => ({
  callbackId: CALLBACKS.approveLess,
  about,
  values,
});
const remove = (id: unknown): Made => ({ callbackId: CALLBACKS.delete, values: deleteValues(id) });
const ask = (about: unknown, callbackId: string = CALLBACKS.secret): Made => ({
  callbackId,
  about,
  values: secretValues(),
});
const rotate = (about: unknown, way: unknown = "86400000"): Made => ({
  callbackId: CALLBACKS.rotate,
  about,
  values: rotateValues(way),
});
const keep = (about: unknown, values: unknown = keepValues()): Made => ({ callbackId: CALLBACKS.keep, about, values });
const byAnn = (one: Odd): Odd => ({ ...one, from: ANN });
const byDana = (one: Odd): Odd => ({ ...one, from: DANA });

const HELD_BY_OTHER = /stopped-one is paused by @ann/;

const BUCKETS: Odd[] = [
  odd("a bucket that was never offered", create({ buckets: ["payroll"] }), /No longer there: payroll/),
  odd("one among others", create({ buckets: ["builds", "payroll"] }), /No longer there: payroll/),
  ...["*", "**", "builds/*", "../builds", "", " builds", "builds,logs", "__proto__", "a\u0000b"].map((name) =>
    odd(`${JSON.stringify(name)} mixed in`, create({ buckets: ["builds", name] }), UNREADABLE),
  ),
  odd("a bucket that is an object", create({ buckets: [{ name: "builds" }] }), UNREADABLE),
  odd("buckets that are a text", create({ buckets: "*" }), UNREADABLE),
  odd("no bucket", create({ buckets: [] }), /Choose at least one bucket/),
  odd(
    "51 buckets",
    create({ buckets: Array.from({ length: 51 }, (_, index) => `b${index}`) }),
    /Choose at most 50 buckets/,
  ),
  odd("20,000 buckets", create({ buckets: Array.from({ length: 20_000 }, () => "b") }), UNREADABLE),
];

const CREATING: Odd[] = [
  ...["SuperAdmin", "admin", "NamespaceAdmin", "Admin ", "__proto__", null, 3, ["Admin"]].map((permission) =>
    odd(`the permission ${JSON.stringify(permission)}`, create({ permission }), UNREADABLE),
  ),
  odd("an endpoint that does not exist", create({ endpoint: "https://evil.example" }), UNREADABLE),
  ...["../../etc", "a b", "<!channel>", "a".repeat(49), "\u202Eevil", "ключ"].map((keyName) =>
    odd(`the name ${JSON.stringify(keyName)}`, create({ keyName }), /Use (only|at most)/),
  ),
  ...["yaml", "Shell", "__proto__", null, 3].map((format) =>
    odd(`the format ${JSON.stringify(format)}`, create({ format }), UNREADABLE),
  ),
  ...["All", "*", "", null, ["all"]].map((access) =>
    odd(`the bucket access ${JSON.stringify(access)}`, create({ access }), UNREADABLE),
  ),
  odd("a name that is a number", create({ keyName: 7 }), UNREADABLE),
  odd("a huge name", create({ keyName: HUGE }), UNREADABLE),
  odd("a reason of 501 characters", create({ reason: "r".repeat(501) }), /Use at most 500 characters; these are 501/),
  odd("a huge reason", create({ reason: HUGE }), UNREADABLE),
  odd("Admin without a reason", create({ permission: "Admin" }), /Say in at least 10 characters/),
  odd(
    "a reason of nothing to be seen",
    create({ permission: "Admin", reason: "\u200B".repeat(40) }),
    /Say in at least 10 characters/,
  ),
  ...[null, undefined, [], "text", {}, prototypeKeys(), deep(1_000)].map((values, index) =>
    odd(`fields of a wrong kind (${index + 1})`, { callbackId: CALLBACKS.create, values }, UNREADABLE),
  ),
  odd("a form without an id", { ...create({}), id: undefined }, UNREADABLE),
  odd("a form with an object for an id", { ...create({}), id: {} }, UNREADABLE),
  odd("what is kept as an object", { ...create({}), about: { a: 1 } }, UNREADABLE),
  odd("a form that nobody knows", { callbackId: "no_such_form", values: {} }, UNREADABLE),
  odd("a form named for the prototype", { callbackId: "__proto__", values: {} }, UNREADABLE),
];

const GIVING: Odd[] = [
  odd("another's request in the form for less", ({ pending }) => give(pending), NOT_APPROVER),
  byAnn(odd("a key in the form for less", ({ key }) => give(key), UNKNOWN_REQUEST)),
  byAnn(odd("a request that is approved, for less", ({ approved }) => give(approved), /approved this/)),
  byAnn(odd("more than was asked for, of a key", ({ pending }) => give(pending, lessValues("Admin")), UNREADABLE)),
  byAnn(odd("a bucket that is none", ({ pending }) => give(pending, lessValues("Editor", ["payroll"])), /payroll/)),
  ...["*", "builds/*", "", "__proto__", "a\u0000b", { name: "builds" }].map((bucket) =>
    byAnn(
      odd(
        `the bucket ${JSON.stringify(bucket)} in the form for less`,
        ({ pending }) => give(pending, lessValues("Editor", [bucket])),
        UNREADABLE,
      ),
    ),
  ),
  byAnn(
    odd(
      "no bucket to give",
      ({ pending }) => give(pending, lessValues("Editor", [])),
      /Choose between 1 and 50 buckets/,
    ),
  ),
  byAnn(odd("buckets to give that are a text", ({ pending }) => give(pending, lessValues("Editor", "*")), UNREADABLE)),
  ...["", {}, null, "x".repeat(101)].map((about, index) =>
    byAnn(odd(`a request of a wrong kind, for less (${index + 1})`, give(about), UNREADABLE)),
  ),
  ...[null, "text", prototypeKeys(), deep(1_000)].map((values, index) =>
    byAnn(odd(`fields of a wrong kind, for less (${index + 1})`, ({ pending }) => give(pending, values), UNREADABLE)),
  ),
];

const DECIDING: Odd[] = [
  odd("another's request in the form of a denial", ({ pending }) => deny(pending), NOT_APPROVER),
  byAnn(odd("a key in the form of a denial", ({ key }) => deny(key), UNKNOWN_REQUEST)),
  byAnn(odd("a made-up request", deny("made-up"), UNKNOWN_REQUEST)),
  ...["", {}, null, "x".repeat(101)].map((about, index) =>
    byAnn(odd(`a request of a wrong kind (${index + 1})`, deny(about), UNREADABLE)),
  ),
  byAnn(odd("a denial without a reason", ({ pending }) => deny(pending, denyValues(" ")), /Say why/)),
  byAnn(odd("a reason that is a list", ({ pending }) => deny(pending, denyValues(["no"])), UNREADABLE)),
  ...[CALLBACKS.secret, CALLBACKS.resume, CALLBACKS.extend].flatMap((form) => [
    odd(`another's key in the ${form}`, ({ paused }) => ask(paused, form), UNKNOWN_KEY),
    byAnn(odd(`another's key in the ${form}, by who paused it`, ({ held }) => ask(held, form), UNKNOWN_KEY)),
    byAnn(odd(`the bot's own key in the ${form}`, ask(OWN_KEY.accessKeyId, form), UNKNOWN_KEY)),
    ...["", {}, null, "x".repeat(201)].map((about, index) =>
      odd(`a key of a wrong kind in the ${form} (${index + 1})`, ask(about, form), UNREADABLE),
    ),
  ]),
  odd("another's key in the form of why it is kept", ({ key }) => keep(key), UNKNOWN_KEY),
  byAnn(odd("the same by an approver", ({ key }) => keep(key), UNKNOWN_KEY)),
  byAnn(odd("the bot's own key, to be kept", keep(OWN_KEY.accessKeyId), UNKNOWN_KEY)),
  byDana(odd("a key that nothing is asked about, to be kept", ({ key }) => keep(key), /Nothing is asked about/)),
  byDana(odd("a key that is kept for nothing", ({ key }) => keep(key, keepValues("   short   ")), /at least 10/)),
  byDana(odd("a key that is kept for a list", ({ key }) => keep(key, keepValues(["why"])), UNREADABLE)),
  ...["", {}, null, "x".repeat(201)].map((about, index) =>
    odd(`a key of a wrong kind in the form of why it is kept (${index + 1})`, keep(about), UNREADABLE),
  ),
  byDana(odd("a key that an approver paused, to be resumed", ({ held }) => ask(held, CALLBACKS.resume), HELD_BY_OTHER)),
  byDana(odd("a key that is off, for a new secret", ({ off }) => ask(off), /unlit-one is off/)),
  odd("another's key in the form of a rotation", ({ key }) => rotate(key), UNKNOWN_KEY),
  byAnn(odd("another's key in the form of a rotation, by an approver", ({ key }) => rotate(key, "now"), UNKNOWN_KEY)),
  byAnn(odd("the bot's own key in the form of a rotation", rotate(OWN_KEY.accessKeyId), UNKNOWN_KEY)),
  byDana(odd("a key that is off, to be rotated", ({ off }) => rotate(off), /unlit-one is off/)),
  byDana(odd("a paused key, to be rotated", ({ paused }) => rotate(paused), /resting-one is paused/)),
  byDana(odd("a request, to be rotated", ({ broken }) => rotate(broken), UNKNOWN_KEY)),
  ...["1", "-1", "3600001", "999999999999", "", "__proto__", null, 7].map((way) =>
    byDana(odd(`the overlap ${JSON.stringify(way)}`, ({ key }) => rotate(key, way), UNREADABLE)),
  ),
  ...["", {}, null, "x".repeat(201)].map((about, index) =>
    odd(`a key of a wrong kind, to be rotated (${index + 1})`, rotate(about), UNREADABLE),
  ),
  odd("another's key in the form of a deletion", ({ key }) => remove(key), UNKNOWN_KEY),
  byAnn(odd("the bot's own key", remove(OWN_KEY.accessKeyId), UNKNOWN_KEY)),
  byAnn(odd("a made-up key", remove("tid_made_up"), UNKNOWN_KEY)),
  byAnn(odd("a wildcard for a key", remove("%"), UNKNOWN_KEY)),
  ...[null, 7, "", "x".repeat(151), ["tid"]].map((id, index) =>
    byAnn(odd(`a key of a wrong kind (${index + 1})`, remove(id), UNREADABLE)),
  ),
];

const CHOOSING: Odd[] = [
  ...[[], "text", prototypeKeys(), deep(1_000)].map(
    (values, index): Odd => ({
      name: `a choice with fields of a wrong kind (${index + 1})`,
      kind: "interaction",
      make: async (world, _stage, from) =>
        choice(world, from, ACTIONS.permission, { id: await openView(world, from), values }),
      reads: UNREADABLE,
    }),
  ),
  ...['["*","builds"]', '{"openedIn":7,"buckets":["*"]}', "[[[[", '{"__proto__":1}', "[".repeat(2_000)].map(
    (kept): Odd => ({
      name: `a choice that keeps ${kept.slice(0, 20)}`,
      kind: "interaction",
      make: async (world, _stage, from) => {
        const { [BLOCKS.bucketAccess]: _all, ...values } = createValues();
        return choice(world, from, ACTIONS.permission, { id: await openView(world, from), about: kept, values });
      },
      reads: /Key name/,
    }),
  ),
  ...[7, {}, "x".repeat(5_000), deep(1_000)].map(
    (value, index): Odd => ({
      name: `a search of a wrong kind (${index + 1})`,
      kind: "interaction",
      make: (world, _stage, from) => search(world, from, ACTIONS.buckets, { value }),
      reads: /^\{"options":\[\]\}$/,
    }),
  ),
  {
    name: "a search in a select that nobody knows",
    kind: "interaction",
    make: (world, _stage, from) => search(world, from, "no_such_select"),
    reads: /^\{"options":\[\]\}$/,
  },
];

export const ODD_FORMS: Odd[] = [...BUCKETS, ...CREATING, ...GIVING, ...DECIDING, ...ODD_TAKEOVERS, ...CHOOSING];
