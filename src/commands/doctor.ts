import { systemClock } from "../clock";
import { formatProblems } from "../config";
import { readTigrisAccess } from "../config-parts";
import { runDoctor } from "../doctor/run";
import { TIGRIS_TIMEOUTS } from "../domain/service-limits";
import { waysOut } from "../proxy";
import { EXIT } from "../start-error";
import { createTigris } from "../tigris";
import { createKeyTrial } from "../tigris/try-key";
import type { Clock } from "../workflow/clock";
import { createServiceClock } from "../workflow/service-clock";
import { parsed, type Run, UsageError } from "./command";

const nothing = () => {};
/** The lines for the reader say what the log would. */
const silent = { info: nothing, warn: nothing };

const NOT_ALL =
  'Not all is as the bot expects. Each line with "differs" says what that means for the bot; after "not settled", run this again.\n';

/** The doctor, by a clock: it needs Tigris's part of the configuration alone. */
export function doctorBy(clock: Clock): Run {
  return async ({ args, env, stopping, say, complain }) => {
    const { values } = parsed({ args: [...args], options: { tigris: { type: "boolean" } } });
    if (!values.tigris)
      throw new UsageError(
        "Say doctor --tigris: it makes a key in the Tigris organization of the bot's own key, tries it, and deletes it at the end.",
      );
    const reading = readTigrisAccess(env);
    if (!reading.ok) {
      complain(formatProblems(reading.problems));
      return EXIT.config;
    }
    const { accessKeyId: ownAccessKeyId } = reading.tigris;
    const tigrisTime = createServiceClock({ service: "Tigris", clock, whose: "this machine", log: silent });
    const { httpsAgent } = waysOut(reading.proxy, { clock, log: silent });
    const account = { ...reading.tigris, httpsAgent, clock, tigrisTime, timeouts: TIGRIS_TIMEOUTS };
    const tigris = createTigris({ ...account, log: silent });
    // Whoever reads may hang up: the key has to go all the same.
    process.stdout.off("error", nothing).on("error", nothing);
    try {
      const isWell = await runDoctor({
        tigris,
        tryKey: (pair) => createKeyTrial({ ...account, ...pair }),
        clock,
        ownAccessKeyId,
        stopping,
        say: (line) => say(`${line}\n`),
      });
      say(isWell ? "Tigris does all that the bot builds on.\n" : NOT_ALL);
      return isWell ? 0 : 1;
    } finally {
      tigris.close();
    }
  };
}

/** Settles what only somebody with an account of Tigris's can find out. */
export const doctor: Run = doctorBy(systemClock);
