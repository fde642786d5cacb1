import { z } from "zod";
import { type Access, ENDPOINTS, MAX_BUCKETS, PERMISSIONS } from "../../domain/permission";
import { needsApproval, type Policy } from "../../domain/policy";
import { keyNameProblem, reasonProblem } from "../../domain/text";
import type { CreateForm } from "../../workflow/create";
import { ACTIONS, BLOCKS } from "../ids";
import type { Draft } from "../views/create-form";
import { MALFORMED_INPUT, type Malformed } from "./malformed";

const text = z.object({ value: z.string().max(3_000).nullish() });
const oneOf = <Value extends string>(values: readonly Value[]) =>
  z.object({ selected_option: z.object({ value: z.enum(values) }) });

/** Names of S3 buckets: `*`, which Tigris reads as all buckets, is none. */
const bucketName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/);

/** What the form holds. Blocks that it does not show are missing. */
const stateShape = z.object({
  values: z.object({
    [BLOCKS.keyName]: z.object({ [ACTIONS.keyName]: text }),
    [BLOCKS.permission]: z.object({ [ACTIONS.permission]: oneOf(PERMISSIONS) }),
    [BLOCKS.buckets]: z
      .object({
        [ACTIONS.buckets]: z.object({
          selected_options: z
            .array(z.object({ value: bucketName }))
            .max(1_000)
            .nullish(),
        }),
      })
      .optional(),
    [BLOCKS.allBuckets]: z
      .object({
        [ACTIONS.allBuckets]: z.object({
          selected_options: z
            .array(z.object({ value: z.literal("all") }))
            .max(1)
            .nullish(),
        }),
      })
      .optional(),
    [BLOCKS.endpoint]: z.object({ [ACTIONS.endpoint]: oneOf(ENDPOINTS) }),
    [BLOCKS.reason]: z.object({ [ACTIONS.reason]: text }),
  }),
});

/** What is in the form, as far as it is filled in. */
export function readDraft(state: unknown): Draft | Malformed {
  const parsed = stateShape.safeParse(state);
  if (!parsed.success) return MALFORMED_INPUT;
  const { values } = parsed.data;
  const chosen = values[BLOCKS.buckets]?.[ACTIONS.buckets].selected_options ?? [];
  return {
    keyName: values[BLOCKS.keyName][ACTIONS.keyName].value?.trim() ?? "",
    permission: values[BLOCKS.permission][ACTIONS.permission].selected_option.value,
    buckets: [...new Set(chosen.map((option) => option.value))],
    allBuckets: (values[BLOCKS.allBuckets]?.[ACTIONS.allBuckets].selected_options ?? []).length > 0,
    endpoint: values[BLOCKS.endpoint][ACTIONS.endpoint].selected_option.value,
    reason: values[BLOCKS.reason][ACTIONS.reason].value?.trim() ?? "",
  };
}

/** The form as it was sent, or what is wrong with its fields, by their blocks. */
export function readCreateForm(
  state: unknown,
  approvalFor: Policy["approvalFor"],
): { kind: "form"; form: CreateForm; draft: Draft } | { kind: "invalid"; errors: Record<string, string> } | Malformed {
  const draft = readDraft(state);
  if ("kind" in draft) return draft;
  const access = accessOf(draft);
  const reason = draft.reason === "" ? null : draft.reason;
  const problems = [
    [BLOCKS.keyName, keyNameProblem(draft.keyName)],
    [BLOCKS.buckets, bucketsProblem(access)],
    [BLOCKS.reason, reasonProblem(reason, needsApproval(access, approvalFor))],
  ].filter((entry): entry is [string, string] => entry[1] !== null);
  if (problems.length > 0) return { kind: "invalid", errors: Object.fromEntries(problems) };
  return { kind: "form", form: { keyName: draft.keyName, access, endpoint: draft.endpoint, reason }, draft };
}

/** What a form asks for: all buckets come from that choice alone, and Admin has no other. */
export function accessOf({ permission, allBuckets, buckets }: Draft): Access {
  if (permission === "Admin") return { permission, buckets: { kind: "all" } };
  return { permission, buckets: allBuckets ? { kind: "all" } : { kind: "named", names: buckets } };
}

function bucketsProblem({ buckets }: Access): string | null {
  if (buckets.kind === "all") return null;
  if (buckets.names.length === 0) return "Choose at least one bucket, or all buckets below.";
  return buckets.names.length > MAX_BUCKETS ? `Choose at most ${MAX_BUCKETS} buckets.` : null;
}
