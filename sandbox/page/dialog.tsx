import { type ReactNode, useEffect, useRef } from "react";

/** A dialog above the page: the focus stays in it and goes back afterwards, and Escape closes it. */
export function Dialog(props: {
  labelledBy: string;
  onClose: () => void;
  className: string;
  /** A selector of what has the focus at first. */
  focusFirst?: string | undefined;
  children: ReactNode;
}) {
  const { labelledBy, onClose, className, focusFirst, children } = props;
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    if (focusFirst) dialog?.querySelector<HTMLElement>(focusFirst)?.focus();
    return () => {
      dialog?.close();
      // What had the focus may be gone with its channel: then it goes to where one types.
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
      const next = isThere ? before : document.querySelector<HTMLElement>(".composer input");
      next?.focus();
    };
  }, [focusFirst]);
  return (
    <dialog
      ref={ref}
      className={className}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      {children}
    </dialog>
  );
}
