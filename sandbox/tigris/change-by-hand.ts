import { z } from "zod";
import { controlsOf, keyViews } from "./controls";
import type { KeyView, Organization } from "./organization";
import { readRoles } from "./roles";

const CHANGE = z.strictObject({
  accessKeyId: z.string(),
  /** The whole list. */
  roles: z.unknown().transform(readRoles).optional(),
  status: z.enum(["active", "inactive"]).optional(),
  attachPolicy: z.string().min(1).optional(),
  detachPolicy: z.string().min(1).optional(),
});

/** Changes a key as somebody does in the Dashboard, without a call. @returns the key, or null where the change is none */
export function changeByHand(organization: Organization, asked: unknown): KeyView | null {
  const read = CHANGE.safeParse(asked);
  if (!read.success || read.data.roles === null || !organization.keys.has(read.data.accessKeyId)) return null;
  const { accessKeyId: id, roles, status, attachPolicy, detachPolicy } = read.data;
  const controls = controlsOf(organization);
  if (roles) controls.setKeyRoles(id, roles);
  if (status) controls.setKeyStatus(id, status);
  if (attachPolicy) controls.attachPolicy(id, attachPolicy);
  if (detachPolicy) controls.detachPolicy(id, detachPolicy);
  return keyViews(organization).find(({ accessKeyId }) => accessKeyId === id) ?? null;
}
