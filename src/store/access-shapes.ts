import { z } from "zod";
import { LESS_PERMISSIONS, type LessAccess } from "../domain/narrow";
import { type Access, type BucketScope, ENDPOINTS } from "../domain/permission";
import { fromList, stored, text } from "./shapes";

const names = z.array(text);
const scope: z.ZodType<BucketScope> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  z.object({ kind: z.literal("named"), names }),
]);
export const access: z.ZodType<Access> = z.union([
  z.object({ permission: z.literal("Admin"), buckets: z.object({ kind: z.literal("all") }) }),
  z.object({ permission: z.enum(["ReadOnly", "Editor"]), buckets: scope }),
]);

/** What an approver gave in place of what was asked for. */
export const lessAccess: z.ZodType<LessAccess> = z.object({
  permission: z.enum(LESS_PERMISSIONS),
  buckets: z.object({ kind: z.literal("named"), names }),
});

/** What a key may do, and where: of a request and of a key. */
export const accessFields = { access, endpoint: z.enum(ENDPOINTS) };
const accessAndEndpoint = z.object(accessFields);

/** A key's access and endpoint, from its columns. @throws UnknownShape */
export function accessOf(
  columns: { permission: string; buckets: string | null; endpoint: string },
  row: string,
): { access: Access; endpoint: (typeof ENDPOINTS)[number] } {
  const { permission, buckets, endpoint } = columns;
  const list = buckets === null ? null : fromList(names, buckets, row);
  const whole = { permission, buckets: list === null ? { kind: "all" } : { kind: "named", names: list } };
  return stored(accessAndEndpoint, { access: whole, endpoint }, row);
}
