import { type FormEvent, useId, useState } from "react";
import type { Use } from "../../tigris/use";
import { tryPair } from "../calls";

type Tried = { kind: "idle" } | { kind: "trying" } | { kind: "tried"; use: Use } | { kind: "failed"; why: string };

/** Signs real calls with a pair that somebody pastes, and says what it may do. */
export function UseKey() {
  const id = useId();
  const [accessKeyId, setAccessKeyId] = useState("");
  const [secretAccessKey, setSecretAccessKey] = useState("");
  const [tried, setTried] = useState<Tried>({ kind: "idle" });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (accessKeyId.trim() === "" || secretAccessKey.trim() === "") {
      setTried({ kind: "failed", why: "Paste both, the access key ID and the secret access key." });
      return;
    }
    setTried({ kind: "trying" });
    tryPair({ accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() }).then(
      (use) => setTried({ kind: "tried", use }),
      (error: Error) => setTried({ kind: "failed", why: `The sandbox could not try it: ${error.message}` }),
    );
  };
  return (
    <form className="use-key" onSubmit={submit}>
      <label htmlFor={`${id}-id`}>Access key ID</label>
      <input
        id={`${id}-id`}
        placeholder="tid_…"
        autoComplete="off"
        value={accessKeyId}
        onChange={({ target }) => setAccessKeyId(target.value)}
      />
      <label htmlFor={`${id}-secret`}>Secret access key</label>
      <input
        id={`${id}-secret`}
        placeholder="tsec_…"
        autoComplete="off"
        value={secretAccessKey}
        onChange={({ target }) => setSecretAccessKey(target.value)}
      />
      <button type="submit" className="button primary" aria-disabled={tried.kind === "trying"}>
        Use this key
      </button>
      <div role="status" className="use-result">
        <Result tried={tried} />
      </div>
    </form>
  );
}

function Result({ tried }: { tried: Tried }) {
  switch (tried.kind) {
    case "idle":
      return null;
    case "trying":
      return <p>Signing calls…</p>;
    case "failed":
      return <p className="error">{tried.why}</p>;
    case "tried":
      if (!tried.use.ok) return <p className="error">It does not work: {tried.use.error}</p>;
      return (
        <>
          <p>It works. It may:</p>
          <ul>
            {tried.use.may.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      );
  }
}
