import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

export type MenuItem = { key: string; label: string; description?: string | undefined };

/** A button that opens a menu: arrow keys move in it, Enter picks, Escape closes. The focus comes back to the button. */
export function Menu(props: {
  /** What a screen reader says for the button. */
  label: string;
  items: readonly MenuItem[];
  onPick: (key: string) => void;
  className?: string;
  isBusy?: boolean;
  children: ReactNode;
}) {
  const { label, items, onPick, className = "", isBusy = false, children } = props;
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    list.current?.scrollIntoView({ block: "nearest" });
    list.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [isOpen]);

  const close = (): void => {
    setIsOpen(false);
    button.current?.focus();
  };
  const pick = (key: string): void => {
    close();
    onPick(key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen && event.key !== "ArrowDown") return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (isOpen) move(list.current, event.key === "ArrowDown" ? 1 : -1);
      else if (!isBusy) setIsOpen(true);
    } else return;
    // Neither does what lies behind scroll or close.
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) setIsOpen(false);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the button and to the items inside
    <div className={`menu ${className}`} onKeyDown={onKeyDown} onBlur={onBlur}>
      <button
        ref={button}
        type="button"
        className="button menu-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-busy={isBusy}
        aria-disabled={isBusy}
        onClick={() => !isBusy && setIsOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <div ref={list} id={id} role="menu" aria-label={label} className="menu-items">
          {items.map(({ key, label: shown, description }) => (
            <button key={key} type="button" role="menuitem" tabIndex={-1} onClick={() => pick(key)}>
              <span>{shown}</span>
              {description && <span className="choice-description">{description}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function move(list: HTMLElement | null, step: number): void {
  const items = [...(list?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
