import { type RefObject, useEffect, useRef } from "react";

/** How near the end somebody reads on when more comes. */
const NEAR_PX = 60;

/**
 * Keeps the end of what scrolls in view as it grows, unless somebody has scrolled up in it.
 * @param scrolled what scrolls; its `ol` is what grows
 * @param newest what is to be seen even by whoever has scrolled up, each time that it changes
 */
export function useEnd(scrolled: RefObject<HTMLElement | null>, newest = ""): void {
  const isAtEnd = useRef(true);
  const shown = useRef("");
  useEffect(() => {
    if (newest > shown.current) isAtEnd.current = true;
    shown.current = newest;
  }, [newest]);

  useEffect(() => {
    const section = scrolled.current;
    const content = section?.querySelector("ol");
    if (!section || !content) return;
    let top = 0;
    const note = (): void => {
      const { scrollHeight, scrollTop, clientHeight } = section;
      if (scrollHeight - scrollTop - clientHeight < NEAR_PX) isAtEnd.current = true;
      // Content that grows takes the end away, but scrolls nothing up.
      else if (scrollTop < top) isAtEnd.current = false;
      top = scrollTop;
    };
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) section.scrollTop = section.scrollHeight;
    });
    observer.observe(content);
    observer.observe(section);
    section.addEventListener("scroll", note);
    return () => {
      observer.disconnect();
      section.removeEventListener("scroll", note);
    };
  }, [scrolled]);
}
