import { Fragment, useEffect, useState } from "react";
import type { Pictured, Pictures } from "../../gallery/pictured";
import { type Directory, personNamed, ViewerProvider } from "../directory";
import { HomeTab } from "../home-tab";
import { MessageItem } from "../message";
import { Modal } from "../modal";

const nothing = (): void => {};

/** What the address names after `#entries=`, without the workspace around it; `&between=` stands between two of them. */
export function Gallery() {
  const [pictures, setPictures] = useState<Pictures | null>(null);
  const [asked, setAsked] = useState(window.location.hash);
  useEffect(() => {
    void fetch("/pictures.json").then(async (response) => setPictures((await response.json()) as Pictures));
    const ask = (): void => setAsked(window.location.hash);
    window.addEventListener("hashchange", ask);
    return () => window.removeEventListener("hashchange", ask);
  }, []);
  if (!pictures) return null;
  const { entries, botUserId, ...workspace } = pictures;
  const directory = { ...workspace, app: { id: "", botUserId, commands: [], shortcuts: [], hasHome: true } };
  const query = new URLSearchParams(asked.slice(1));
  const between = query.get("between");
  const ids = query.get("entries")?.split(",") ?? [];
  const shown = ids.flatMap((id) => entries.filter((entry) => entry.id === id));
  return shown.map((entry, at) => (
    <Fragment key={entry.id}>
      {between && at > 0 && <p className="between">↓ {between}</p>}
      <Picture directory={directory} entry={entry} />
    </Fragment>
  ));
}

function Picture({ directory, entry }: { directory: Directory; entry: Pictured }) {
  const me = personNamed(directory, entry.readerId);
  if (!me) throw new Error(`nobody is called ${entry.readerId}`);
  return (
    <ViewerProvider value={{ directory, me, goTo: nothing }}>
      <div className={entry.shown.kind === "home" ? "pictured home" : "pictured"} data-entry={entry.id}>
        <Seen shown={entry.shown} />
      </div>
    </ViewerProvider>
  );
}

function Seen({ shown }: Pick<Pictured, "shown">) {
  switch (shown.kind) {
    case "modal":
      return <Modal view={shown.view} onTrouble={nothing} />;
    case "home":
      return <HomeTab home={shown.home} onTrouble={nothing} />;
    case "message":
      return (
        <ol>
          <MessageItem message={shown.message} onTrouble={nothing} />
        </ol>
      );
  }
}
