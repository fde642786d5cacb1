import type { Key } from "../../domain/key";
import { accessOn } from "../blocks/access";
import { BUTTONS } from "../words/labels";
import { bold, type Sentence } from "../words/sentence";

/** What a key may have beside what its card says, as long as Tigris has not said. */
export function changingLine({ access, accessChange }: Key): Sentence[] {
  if (accessChange === null) return [];
  if (accessChange.kind === "narrowing")
    return [[`Tigris has not confirmed it yet: until then it may still have ${accessOn(access)}.`]];
  if (!accessChange.isUnanswered) return [[`Tigris is being asked for ${accessOn(accessChange.to)}.`]];
  return [
    [
      `Tigris has not said whether it has ${accessOn(accessChange.to)} by now. Press `,
      bold(BUTTONS.switchWider),
      " on that card again, or ",
      bold(BUTTONS.changeAccess),
      " to take it away.",
    ],
  ];
}
