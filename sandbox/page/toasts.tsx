import { useCallback, useEffect, useRef, useState } from "react";
import type { Screen } from "../slack/person/shown";

type Toast = { id: number; personId: string; text: string };

const SHOWN_MS = 12_000;

/** What somebody is told about what went wrong: by the stand-in, and by the page itself through `say`. */
export function useToasts(personId: string, screen: Screen | null) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const seen = useRef(new Map<string, number>());
  const last = useRef(0);

  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const dismissAll = useCallback(() => setToasts([]), []);
  const say = useCallback(
    (text: string) => {
      last.current += 1;
      const id = last.current;
      setToasts((all) => [...all, { id, personId, text }]);
      window.setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [personId, dismiss],
  );

  useEffect(() => {
    if (!screen || screen.personId !== personId) return;
    // Those from before the page was opened are over.
    const before = seen.current.get(personId) ?? screen.toasts.length;
    seen.current.set(personId, screen.toasts.length);
    for (const text of screen.toasts.slice(before)) say(text);
  }, [screen, personId, say]);

  return { toasts: toasts.filter((toast) => toast.personId === personId), say, dismiss, dismissAll };
}

export function Toasts({ toasts, onDismiss }: { toasts: readonly Toast[]; onDismiss: (id: number) => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Above an open modal, which lies in the top layer of the page.
    if (toasts.length === 0) return;
    ref.current?.hidePopover();
    ref.current?.showPopover();
  }, [toasts]);
  return (
    <div ref={ref} popover="manual" className="toasts" role="alert">
      {toasts.map(({ id, text }) => (
        <p key={id} className="toast">
          {text}
          <button type="button" aria-label="Dismiss" onClick={() => onDismiss(id)}>
            ×
          </button>
        </p>
      ))}
    </div>
  );
}
