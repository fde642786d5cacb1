import { useMemo, useRef } from "react";
import type { ElementAt } from "../../slack/person/shown";
import { act, suggest } from "../calls";
import type { Form } from "./form";

/** What somebody does in the fields of one view, a modal or the Home tab. @param onTrouble gets what could not be done, in words */
export function useViewForm(personId: string, viewId: string, onTrouble: (text: string) => void): Form {
  const typed = useRef(new Map<string, { at: ElementAt; text: string }>());
  return useMemo(() => {
    const choose = (at: ElementAt, choice: Parameters<typeof act<"choose">>[2]["choice"]) =>
      act(personId, "choose", { viewId, ...at, choice }).catch((error: Error) => onTrouble(error.message));
    const sendTyped = async (): Promise<void> => {
      const all = [...typed.current.values()];
      typed.current.clear();
      for (const { at, text } of all) await choose(at, { kind: "typed", text });
    };
    return {
      type: (at, text) => void typed.current.set(`${at.blockId} ${at.actionId}`, { at, text }),
      enter: async (at, text) => {
        typed.current.delete(`${at.blockId} ${at.actionId}`);
        await sendTyped();
        await choose(at, { kind: "typed", text, isEntered: true });
      },
      sendTyped,
      choose: async (at, options) => {
        await sendTyped();
        await choose(at, { kind: "chosen", options });
      },
      suggest: (at, search) =>
        suggest(personId, { viewId, ...at, search }).catch((error: Error) => {
          onTrouble(error.message);
          return [];
        }),
    };
  }, [personId, viewId, onTrouble]);
}
