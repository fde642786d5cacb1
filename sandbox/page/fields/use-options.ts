import { useEffect, useState } from "react";
import type { Element, Option } from "../../slack/elements";
import type { ElementAt } from "../../slack/person/shown";
import { useForm } from "./form";

/** How long nothing is typed before the app is asked for options. */
const PAUSE_MS = 150;

/** Options; those of an earlier search are shown until the present one's are there. */
export type Offered = { options: Option[]; isCurrent: boolean };

/** The options for a search: the listed ones that contain it, or those that the app suggests. */
export function useOptions(
  element: Element,
  { blockId, actionId }: ElementAt,
  search: string,
  isOpen: boolean,
): Offered {
  const { suggest } = useForm();
  const [found, setFound] = useState<{ search: string; options: Option[] } | null>(null);
  useEffect(() => {
    if (!isOpen) return;
    if (element.options) {
      const options = element.options.filter(({ text }) => text.text.toLowerCase().includes(search.toLowerCase()));
      setFound({ search, options });
      return;
    }
    let isOver = false;
    const timer = window.setTimeout(() => {
      void suggest({ blockId, actionId }, search).then((options) => {
        if (!isOver) setFound({ search, options });
      });
    }, PAUSE_MS);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [element.options, blockId, actionId, search, isOpen, suggest]);
  return { options: found?.options ?? [], isCurrent: found?.search === search };
}
