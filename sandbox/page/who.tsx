import { act } from "./calls";
import { roleOf, shortName, useViewer } from "./directory";

/** Who one is; lets them leave the company, and come back. */
export function Who({ isSignedOut, onTrouble }: { isSignedOut: boolean; onTrouble: (text: string) => void }) {
  const { me } = useViewer();
  const change = (): void => {
    act(me.id, isSignedOut ? "comeBack" : "leave", {}).catch((error: Error) => onTrouble(error.message));
  };
  return (
    <div className="who">
      <p>
        You are <strong>{shortName(me)}</strong>, {isSignedOut ? "who has left" : roleOf(me)}
        <br />
        <span>{me.tz}</span>
      </p>
      <button type="button" className="button in-side" onClick={change}>
        {isSignedOut ? `${shortName(me)} comes back` : `${shortName(me)} leaves the company`}
      </button>
    </div>
  );
}
