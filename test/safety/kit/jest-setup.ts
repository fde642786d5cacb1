import { buildBot } from "./build";

/** Builds the bot that these tests start, before any of them runs. */
export default function setUp(): void {
  buildBot();
}
