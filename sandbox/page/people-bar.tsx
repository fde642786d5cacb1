import type { PersonData } from "../slack/options";
import { roleOf, shortName, useViewer } from "./directory";
import { Avatar } from "./message";
import { type ReadMarks, unreadIn } from "./unread";
import { addressOf } from "./use-person";
import type { Screens } from "./use-screens";

/** Everybody whom one can be, with what waits for them. */
export function PeopleBar(props: {
  people: readonly PersonData[];
  screens: Screens;
  marks: ReadMarks;
  onBecome: (id: string) => void;
}) {
  const { people, screens, marks, onBecome } = props;
  const { me } = useViewer();
  return (
    <nav className="people" aria-label="People">
      {people.map((person) => {
        const { channels = [], isSignedOut = false } = screens.get(person.id) ?? {};
        const waiting = channels.reduce((sum, channel) => sum + unreadIn(marks, person.id, channel).pings, 0);
        return (
          <div
            key={person.id}
            className={["person", person.id === me.id && "current", isSignedOut && "left"].filter(Boolean).join(" ")}
          >
            <button type="button" aria-pressed={person.id === me.id} onClick={() => onBecome(person.id)}>
              <Avatar name={person.name} />
              <span className="person-name">
                {shortName(person)}
                <span className="unseen">,</span>
              </span>{" "}
              <span className="person-role">{isSignedOut ? "has left" : roleOf(person)}</span>
              {waiting > 0 && (
                <span className="badge">
                  <span className="unseen">, </span>
                  {waiting}
                  <span className="unseen"> unread</span>
                </span>
              )}
            </button>
            <a
              href={addressOf(person.name)}
              target="_blank"
              rel="noreferrer"
              aria-label={`Open ${shortName(person)} in a window beside`}
            >
              ↗
            </a>
          </div>
        );
      })}
    </nav>
  );
}
