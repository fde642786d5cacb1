import { type ReactNode, useEffect, useRef } from "react";

/** A dialog above the page: the focus stays in it and goes back afterwards, and Escape closes it. */
export function Dialog(props: { labelledBy: string; onClose: () => void; className: string; children: ReactNode }) {
  const { labelledBy, onClose, className, children } = props;
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
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
