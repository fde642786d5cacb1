import { z } from "zod";
import { DAY } from "../../domain/day-end";
import { type FieldProblem, keyNameProblem, reasonProblem, storable } from "../../domain/input-rules";
import type { ChosenLife } from "../../domain/key-end";
import { MAX_BUCKETS } from "../../domain/limits";
import { nameAfter } from "../../domain/names";
import { type Access, ENDPOINTS, FORMATS, PERMISSIONS } from "../../domain/permission";
import { ANY_OTHER } from "../../domain/policy/choice-needs";
import type { CreateForm } from "../../workflow/create";
import { ACTIONS, BLOCKS, OLDER } from "../ids";
import { chosenBuckets, oneOf, typedText } from "../payloads/form-state";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { InvalidForm } from "../payloads/submission";
import { fieldProblemWords } from "../words/fields";
import { ALL_BUCKETS } from "./access-fields";
import type { Draft } from "./draft";
import { readKept } from "./kept";
import { drawnDefault, lifeBlockIn, OPEN, UNTIL_DAY } from "./life-fields";

/** A time in milliseconds, or one of the two that are none. */
const lifeValue = z.union([z.literal(OPEN), z.literal(UNTIL_DAY), z.string().regex(/^[1-9]\d{4,11}$/)]);

/** What the form holds. Blocks that it does not show are missing, and those that older forms do not have. */
const stateShape = z.object({
  kept: z.string().nullish(),
  values: z.looseObject({
    [BLOCKS.keyName]: z.object({ [ACTIONS.keyName]: typedText }),
    [BLOCKS.permission]: z.object({ [ACTIONS.permission]: oneOf(PERMISSIONS) }),
    [BLOCKS.buckets]: z.object({ [ACTIONS.buckets]: chosenBuckets }).optional(),
    [BLOCKS.bucketAccess]: z.object({ [ACTIONS.bucketAccess]: oneOf(["named", "all"]) }).optional(),
    [OLDER.allBuckets.block]: z
      .object({
        [OLDER.allBuckets.action]: z.object({
          selected_options: z
            .array(z.object({ value: z.literal("all") }))
            .max(1)
            .nullish(),
        }),
      })
      .optional(),
    [BLOCKS.endpoint]: z.object({ [ACTIONS.endpoint]: oneOf(ENDPOINTS) }).optional(),
    [BLOCKS.format]: z.object({ [ACTIONS.format]: oneOf(FORMATS) }).optional(),
    [BLOCKS.lifeDay]: z
      .object({ [ACTIONS.lifeDay]: z.object({ selected_date: z.string().regex(DAY).nullish() }) })
      .optional(),
    [BLOCKS.reason]: z.object({ [ACTIONS.reason]: typedText }),
  }),
});

type State = z.output<typeof stateShape>;

/** What is in the form, as far as it is filled in. */
export function readDraft(state: unknown): Draft | Malformed {
  const parsed = stateShape.safeParse(state);
  return parsed.success ? draftIn(parsed.data) : MALFORMED_INPUT;
}

function draftIn({ values, kept }: State): Draft {
  const select = values[BLOCKS.buckets];
  const chosen = select?.[ACTIONS.buckets].selected_options ?? [];
  const { openedIn, buckets } = readKept(kept);
  return {
    keyName: values[BLOCKS.keyName][ACTIONS.keyName].value?.trim() ?? "",
    permission: values[BLOCKS.permission][ACTIONS.permission].selected_option.value,
    buckets: select ? [...new Set(chosen.map((option) => option.value))] : buckets,
    allBuckets: isAllChosen(values),
    endpoint: values[BLOCKS.endpoint]?.[ACTIONS.endpoint].selected_option.value ?? "Default",
    format: values[BLOCKS.format]?.[ACTIONS.format].selected_option.value ?? null,
    life: lifeIn(values),
    reason: storable(values[BLOCKS.reason][ACTIONS.reason].value?.trim() ?? ""),
    openedIn,
  };
}

const lifeShape = z.object({ [ACTIONS.life]: z.object({ selected_option: z.object({ value: lifeValue }) }) });

/** What can't be read is not asked for: then what is usual counts. */
function lifeIn(values: State["values"]): Draft["life"] {
  const blockId = lifeBlockIn(values) ?? "";
  const { data } = lifeShape.safeParse(values[blockId]);
  if (data === undefined) return null;
  const { value } = data[ACTIONS.life].selected_option;
  if (value === drawnDefault(blockId)) return null;
  return { value, day: values[BLOCKS.lifeDay]?.[ACTIONS.lifeDay].selected_date ?? null };
}

/** Null where the form does not ask, as an older one; and where a day is to be chosen, and is not yet. */
function chosenLife({ life }: Draft): ChosenLife | null {
  if (life === null) return null;
  if (life.value === OPEN) return { kind: "open" };
  if (life.value !== UNTIL_DAY) return { kind: "lasts", ms: Number(life.value) };
  return life.day === null ? null : { kind: "day", day: life.day };
}

/** Sent before it was drawn again after the choice, it has no field for the day. */
function dayProblem({ life }: Draft, shown: State["values"]): Record<string, string> {
  if (life?.value !== UNTIL_DAY || life.day !== null) return {};
  return {
    [shown[BLOCKS.lifeDay] ? BLOCKS.lifeDay : (lifeBlockIn(shown) ?? BLOCKS.reason)]: "Choose the last day too.",
  };
}

/** Radio buttons say it; a form of before 0.5.0 has a box instead. */
function isAllChosen(values: State["values"]): boolean {
  const access = values[BLOCKS.bucketAccess];
  if (access) return access[ACTIONS.bucketAccess].selected_option.value === "all";
  return (values[OLDER.allBuckets.block]?.[OLDER.allBuckets.action].selected_options ?? []).length > 0;
}

/** A form without mistakes, and what stood in it, to draw it again. */
export type FilledForm = { form: CreateForm; draft: Draft };

/** The form as it was sent, or what is wrong with its fields, by their blocks, as far as the form itself tells. */
export function readCreateForm(state: unknown): ({ kind: "form" } & FilledForm) | InvalidForm | Malformed {
  const parsed = stateShape.safeParse(state);
  if (!parsed.success) return MALFORMED_INPUT;
  const draft = draftIn(parsed.data);
  const access = accessOf(draft);
  const reason = draft.reason === "" ? null : draft.reason;
  const problems = {
    [BLOCKS.keyName]: problemWords(keyNameProblem(draft.keyName)),
    [BLOCKS.reason]: problemWords(reasonProblem(reason, readKept(parsed.data.kept).isReasonNeeded)),
    ...bucketsProblem(access, parsed.data.values),
    ...dayProblem(draft, parsed.data.values),
  };
  const errors = Object.entries(problems).flatMap(([block, said]) => (said === null ? [] : [[block, said]]));
  if (errors.length > 0) return { kind: "invalid", errors: Object.fromEntries(errors) };
  const { endpoint, format } = draft;
  const keyName = draft.keyName === "" ? nameAfter(access) : draft.keyName;
  const asked = { kind: "key", keyName, access, endpoint, format: format ?? "shell" } as const;
  return { kind: "form", form: { asked, life: chosenLife(draft), reason }, draft };
}

function problemWords(problem: FieldProblem | null): string | null {
  return problem && fieldProblemWords(problem);
}

/** What a form asks for: all buckets come from that choice alone, and Admin has no other. */
export function accessOf({
  permission,
  allBuckets,
  buckets,
}: Pick<Draft, "permission" | "allBuckets" | "buckets">): Access {
  if (permission === "Admin") return { permission, buckets: { kind: "all" } };
  return { permission, buckets: allBuckets ? { kind: "all" } : { kind: "named", names: buckets } };
}

/** What an access is judged as in the form: before any bucket is chosen, as whichever other one. */
export function judgedAccess(access: Access): Access {
  const { permission, buckets } = access;
  if (permission === "Admin" || buckets.kind === "all" || buckets.names.length > 0) return access;
  return { permission, buckets: { kind: "named", names: [ANY_OTHER] } };
}

/**
 * What is wrong with the buckets, by a block that the form shows: sent before it was drawn again after a choice, it has no
 * select for them. Then nothing that was chosen earlier counts.
 */
function bucketsProblem({ buckets }: Access, shown: State["values"]): Record<string, string> {
  if (buckets.kind === "all") return {};
  if (shown[BLOCKS.buckets]) {
    if (buckets.names.length > MAX_BUCKETS) return { [BLOCKS.buckets]: `Choose at most ${MAX_BUCKETS} buckets.` };
    return buckets.names.length > 0 ? {} : { [BLOCKS.buckets]: `Choose at least one bucket, or “${ALL_BUCKETS}”.` };
  }
  const block = [BLOCKS.bucketAccess, OLDER.allBuckets.block].find((one) => shown[one]) ?? BLOCKS.permission;
  return { [block]: "Choose the buckets too: their list was not shown yet." };
}
