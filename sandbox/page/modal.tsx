import { type FormEvent, useEffect, useId, useRef } from "react";
import type { Pressed, ShownView } from "../slack/person/shown";
import { Blocks } from "./blocks";
import { act } from "./calls";
import { Dialog } from "./dialog";
import { channelBehind, useViewer } from "./directory";
import { FormProvider } from "./fields/form";
import { useViewForm } from "./fields/use-view-form";

/** As long as there is no field. */
const FIRST = "footer button";

/** The modal on somebody's screen. @param onTrouble gets what could not be done, in words */
export function Modal({ view, onTrouble }: { view: ShownView; onTrouble: (text: string) => void }) {
  const { me, directory } = useViewer();
  const titleId = useId();
  const form = useViewForm(me.id, view.id, onTrouble);
  const body = useRef<HTMLFormElement>(null);
  const fields = Object.values(view.fields);
  const errors = fields.map(({ error }) => error ?? "").join("");

  useEffect(() => {
    if (errors !== "") body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  // An app may show that it loads, and the form a moment later.
  const hasFields = fields.length > 0;
  useEffect(() => {
    if (hasFields) body.current?.querySelector<HTMLElement>(".modal-body :is(input, textarea)")?.focus();
  }, [hasFields]);

  const close = (): void => {
    act(me.id, "close", { viewId: view.id }).catch((error: Error) => onTrouble(error.message));
  };
  const press = async (at: Pressed): Promise<void> => {
    await form.sendTyped();
    await act(me.id, "press", { viewId: view.id, ...at }).catch((error: Error) => onTrouble(error.message));
    // Where a button leads to a channel, the channel is to be seen.
    const url = view.buttons.find(
      ({ blockId, actionId, option }) => blockId === at.blockId && actionId === at.actionId && option === at.option,
    )?.url;
    if (url && channelBehind(url, directory)) close();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (view.isBusy || view.submit === null) return;
    await form.sendTyped();
    await act(me.id, "submit", { viewId: view.id }).catch((error: Error) => onTrouble(error.message));
  };

  return (
    <Dialog labelledBy={titleId} onClose={close} className="modal" focusFirst={FIRST}>
      <form ref={body} noValidate onSubmit={(event) => void submit(event)}>
        <header>
          <AppIcon />
          <h2 id={titleId}>{view.title}</h2>
          <button type="button" className="close" aria-label="Close" onClick={close}>
            ×
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable with the keyboard */}
        <section className="modal-body" tabIndex={0} aria-label={view.title}>
          <FormProvider value={form}>
            <Blocks blocks={view.blocks} buttons={view.buttons} fields={fields} onPress={press} />
          </FormProvider>
        </section>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={close}>
            {view.close}
          </button>
          {view.submit !== null && (
            <button type="submit" className="button primary" aria-disabled={view.isBusy}>
              {view.isBusy ? "Submitting…" : view.submit}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

export function AppIcon() {
  return (
    <svg className="app-icon" viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="9" fill="#0b1f3a" />
      <circle cx="15" cy="20" r="6" fill="none" stroke="#7ee0c3" strokeWidth="3.4" />
      <path d="M21 20h12m-4 0v5m-5-5v4" fill="none" stroke="#7ee0c3" strokeWidth="3.4" strokeLinecap="round" />
    </svg>
  );
}
