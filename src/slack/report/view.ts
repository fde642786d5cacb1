import { AGE_LIMITS_MS, type KeyCounts } from "../../domain/key-counts";
import { DAY_MS } from "../../domain/limits";
import { type Message, message } from "../blocks/message";
import { COMMAND, WORDS } from "../words/command";
import { bold, code, joined, type Sentence, user } from "../words/sentence";

/** What approvers read of all keys: how many there are, of which kind, how old their secrets are, and whose they are. */
export function keyReport(counts: KeyCounts): Message {
  const { all, byPermission, withoutEnd, neverRotated } = counts;
  if (all === 0) return message({ lines: [["There are no keys."]], buttons: [] });
  return message({
    lines: [
      [
        bold(`${all} key${all === 1 ? "" : "s"}`),
        ` of ${counts.owners.count} ${counts.owners.count === 1 ? "person" : "people"}`,
      ],
      [
        bold("Access"),
        "  ",
        byPermission
          .filter(({ count }) => count > 0)
          .map(
            ({ permission, count, ofAllBuckets }) =>
              `${permission}: ${count}${ofAllBuckets > 0 && permission !== "Admin" ? ` (${ofAllBuckets} for all buckets)` : ""}`,
          )
          .join(" · "),
      ],
      [bold("Age of the secret"), "  ", counts.byAge.map((count, index) => `${AGES[index]}: ${count}`).join(" · ")],
      [bold("Without an end"), `  ${withoutEnd}`],
      [bold("Never rotated"), `  ${neverRotated}`],
      [bold("Owners"), "  ", ...ownersOf(counts)],
    ],
    small: [
      [
        "Their keys: ",
        code(`${COMMAND} ${WORDS.list} @person`),
        ". All as CSV, where this bot runs: ",
        code("node dist/main.js report --csv"),
      ],
    ],
    buttons: [],
  });
}

const DAYS = AGE_LIMITS_MS.map((ms) => ms / DAY_MS);
const AGES = [
  `under ${DAYS[0]} days`,
  ...DAYS.slice(1).map((days, index) => `${DAYS[index]} to ${days} days`),
  `older than ${DAYS.at(-1)} days`,
];

/** Those with the most keys, and how many keys all others have. */
function ownersOf({ all, owners: { count, most } }: KeyCounts): Sentence {
  const named = joined(
    most.map((owner): Sentence => [user(owner.ownerId), `: ${owner.count}`]),
    " · ",
  );
  const others = count - most.length;
  const left = all - most.reduce((sum, owner) => sum + owner.count, 0);
  return others === 0 ? named : [...named, ` · ${others} other${others === 1 ? "" : "s"}: ${left}`];
}
