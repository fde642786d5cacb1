import { useEffect, useState } from "react";
import type { PersonData } from "../slack/options";
import { act } from "./calls";
import { type Directory, personNamed } from "./directory";

/** Who looks at the page: named in its address as `?as=`, the first person where nobody is. */
export function usePerson(directory: Directory, people: readonly PersonData[]): [PersonData, (id: string) => void] {
  const [id, setId] = useState(() => named(directory)?.id ?? people[0]?.id ?? "");
  useEffect(() => {
    // A page that is loaded anew has no modal open.
    const loaded = named(directory)?.id ?? people[0]?.id;
    if (loaded) void act(loaded, "reload", {});
    const back = (): void => setId(named(directory)?.id ?? people[0]?.id ?? "");
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, [directory, people]);
  const me = personNamed(directory, id);
  if (!me) throw new Error("there is nobody in this workspace");
  return [
    me,
    (next) => {
      window.history.pushState(null, "", addressOf(personNamed(directory, next)?.name ?? next));
      setId(next);
    },
  ];
}

/** The address at which somebody's view opens. */
export function addressOf(name: string): string {
  return `?as=${encodeURIComponent(name)}`;
}

function named(directory: Directory): PersonData | undefined {
  const name = new URLSearchParams(window.location.search).get("as");
  const person = name === null ? undefined : personNamed(directory, name);
  return person?.isBot ? undefined : person;
}
