import { type FormEvent, useId, useState } from "react";
import type { Power } from "../../tigris/try-power";
import { type Tried, tryPair } from "../calls";

type State = { kind: "idle" } | { kind: "trying" } | ({ kind: "tried" } & Tried) | { kind: "failed"; why: string };

/** What the calls are named, the ones that a key without a role can't make first. */
const CALLS: Record<keyof Power, string> = {
  get: "Get an object",
  put: "Put an object",
  list: "List objects",
  createKey: "CreateAccessKey",
  listBuckets: "List buckets",
};

/** Signs real calls with a pair that somebody pastes, and says what it may do. */
export function UseKey() {
  const id = useId();
  const [accessKeyId, setAccessKeyId] = useState("");
  const [secretAccessKey, setSecretAccessKey] = useState("");
  const [tried, setTried] = useState<State>({ kind: "idle" });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (accessKeyId.trim() === "" || secretAccessKey.trim() === "") {
      setTried({ kind: "failed", why: "Paste both, the access key ID and the secret access key." });
      return;
    }
    setTried({ kind: "trying" });
    tryPair({ accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() }).then(
      (answer) => setTried({ kind: "tried", ...answer }),
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

function Result({ tried }: { tried: State }) {
  switch (tried.kind) {
    case "idle":
      return null;
    case "trying":
      return <p>Signing calls…</p>;
    case "failed":
      return <p className="error">{tried.why}</p>;
    case "tried":
      return tried.use.ok ? <Allowed {...tried} /> : <p className="error">It does not work: {tried.use.error}</p>;
  }
}

/** Each kind of call, whether it worked, and where it did. */
function Allowed({ use, power }: Tried) {
  const { get, put, list, createKey } = power;
  return (
    <>
      <p>{get || put || list || createKey ? "It works." : "It is the right pair, and it opens nothing."}</p>
      <ul>
        {(Object.keys(CALLS) as (keyof Power)[]).map((call) => (
          <li key={call} className={power[call] ? "works" : "refused"}>
            {CALLS[call]}: {power[call] ? "works" : "refused"}
          </li>
        ))}
      </ul>
      <p className="facts">It may {use.may.join(", ")}.</p>
    </>
  );
}
