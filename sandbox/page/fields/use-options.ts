import { useEffect, useState } from "react";
import type { Element, Option } from "../../slack/elements";
import type { ElementAt } from "../../slack/person/shown";
import { useForm } from "./form";

/** How long nothing is typed before the app is asked for options. */
const PAUSE_MS = 150;

export type Offered = { kind: "loading" } | { kind: "options"; options: Option[] };

/** The options for a search: the listed ones that contain it, or those that the app suggests. */
export function useOptions(
  element: Element,
  { blockId, actionId }: ElementAt,
  search: string,
  isOpen: boolean,
): Offered {
  const { suggest } = useForm();
  const [offered, setOffered] = useState<Offered>({ kind: "loading" });
  useEffect(() => {
    if (!isOpen) return;
    if (element.options) {
      const options = element.options.filter(({ text }) => text.text.toLowerCase().includes(search.toLowerCase()));
      setOffered({ kind: "options", options });
      return;
    }
    let isOver = false;
    const timer = window.setTimeout(() => {
      void suggest({ blockId, actionId }, search).then((options) => {
        if (!isOver) setOffered({ kind: "options", options });
      });
    }, PAUSE_MS);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [element.options, blockId, actionId, search, isOpen, suggest]);
  return offered;
}
