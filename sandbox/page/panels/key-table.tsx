import type { BucketRole, KeyView } from "../../tigris/organization";
import { timeOf } from "../dates";
import { useViewer } from "../directory";

/** The keys, newest first: their roles, whether they are active, and who made them; never a secret. */
export function KeyTable({ keys }: { keys: readonly KeyView[] }) {
  const { me } = useViewer();
  const name = (id: string): string => keys.find(({ accessKeyId }) => accessKeyId === id)?.name ?? id;
  return (
    <ul className="keys">
      {[...keys].reverse().map((key) => (
        <li key={key.accessKeyId}>
          <strong>{key.name}</strong> <span className="permission">{permissionText(key.bucketsRole)}</span>{" "}
          <span className={`permission ${key.status}`}>{key.status}</span>
          <br />
          <code>{key.accessKeyId}</code>
          <br />
          <span className="facts">
            made {timeOf(key.createdAt, me.tz)} by {key.creator ? name(key.creator) : "the Dashboard"} ·{" "}
            {key.lastUsedAt ? `last used ${timeOf(key.lastUsedAt, me.tz)}` : "never used"}
          </span>
        </li>
      ))}
    </ul>
  );
}

function permissionText(roles: readonly BucketRole[]): string {
  if (roles.some(({ role }) => role === "NamespaceAdmin")) return "Admin";
  const [first] = roles;
  if (!first) return "no role: opens nothing";
  const where = roles.map(({ bucket }) => (bucket === "*" ? "all buckets" : bucket)).join(", ");
  return `${first.role} · ${where}`;
}
