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
      if (before instanceof HTMLElement && before.isConnected) before.focus();
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
