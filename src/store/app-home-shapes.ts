import { z } from "zod";
import { FIRST_LOOK, type HomeLook } from "../domain/app-home";
import { PERMISSIONS } from "../domain/permission";
import { at, fromJson, maybe, text, UnknownShape } from "./shapes";

const look: z.ZodType<HomeLook> = z.object({
  whose: z.enum(["own", "everybody"]),
  from: z.object({ side: z.enum(["older", "newer"]), accessKeyId: text }).nullable(),
  search: text,
  ownerId: maybe,
  permission: z.enum(PERMISSIONS).nullable(),
  bucket: maybe,
  emptiedAt: at,
});

const said = z.object({ sentence: z.array(z.unknown()) });

/** What somebody looks at; the first look where it can't be read: nobody loses anything by it. */
export function lookOf(json: string, row: string): HomeLook {
  return orNone(() => fromJson(look, json, row)) ?? FIRST_LOOK;
}

/** What came of somebody's last click; nothing where it can't be read. */
export function saidOf(json: string | null, row: string): readonly unknown[] | null {
  return json === null ? null : orNone(() => fromJson(said, json, row).sentence);
}

function orNone<Read>(read: () => Read): Read | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownShape) return null;
    throw error;
  }
}
