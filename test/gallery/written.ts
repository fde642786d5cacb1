import { bold, user } from "../../src/slack/words/sentence";
import { ANN } from "./records";

/** A sentence that was kept as it is: of an earlier version, or an answer that found no other place. */
export const WRITTEN = { sentence: [user(ANN), " approved ", bold("deploy"), "."] };
