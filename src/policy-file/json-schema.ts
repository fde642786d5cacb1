import { z } from "zod";
import { policyFile } from "./schema";

/** The schema of a policy's file for editors (JSON Schema, draft 2020-12): what may be written, not what it becomes. */
export function policyJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(policyFile, { io: "input" });
  return { $schema, title: "A policy of Tigris Key Bot", ...schema };
}
