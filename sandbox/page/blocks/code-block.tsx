import { useState } from "react";

/** How long "Copied" is said. */
const SAID_MS = 1_500;

/** Preformatted text, with the button to copy it that Slack's desktop shows on hover. */
export function CodeBlock({ text }: { text: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = async (): Promise<void> => {
    setState(await copied(text));
    window.setTimeout(() => setState("idle"), SAID_MS);
  };
  return (
    <div className="code-block">
      <pre>
        <code>{text}</code>
      </pre>
      <button
        type="button"
        className="copy"
        onClick={() => void copy()}
        aria-label="Copy to clipboard"
        aria-live="polite"
      >
        {LABELS[state]}
      </button>
    </div>
  );
}

const LABELS = { idle: "Copy", copied: "Copied", failed: "Not copied" };

async function copied(text: string): Promise<"copied" | "failed"> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    // The browser does not permit it; the text can still be selected.
    return "failed";
  }
}
