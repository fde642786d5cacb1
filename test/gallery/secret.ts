import { ENDPOINTS, FORMATS } from "../../src/domain/permission";
import { Secret } from "../../src/domain/secret";
import type { Message } from "../../src/slack/blocks/message";
import { secretMessage, tryMessage } from "../../src/slack/secret/view";
import { type Entry, entriesOf, type States } from "./entry";
import { ADMIN, DANA, EXAMPLE_SECRET, HANDOUT, KEY_ID, READ_ONLY } from "./records";

type Shown = Parameters<typeof secretMessage>[0];

const DELIVERY: Shown = {
  id: "delivery-1",
  channelId: "DDANA0001",
  userId: DANA,
  keyName: "ci-uploader",
  accessKeyId: KEY_ID,
  secret: new Secret(EXAMPLE_SECRET),
  endpoint: "Default",
  access: READ_ONLY,
  format: "shell",
  isOff: true,
  isPaused: false,
};

/** What may differ from one secret to the next. */
const SHAPES: States<Partial<Shown>> = {
  ...Object.fromEntries(FORMATS.map((format) => [`format ${format}`, { format }])),
  ...Object.fromEntries(ENDPOINTS.map((endpoint) => [`endpoint ${endpoint}`, { endpoint }])),
  "of an Admin key": { keyName: "deploy", access: ADMIN },
  "of a key that is on": { isOff: false },
  "of a paused key": { isOff: false, isPaused: true },
};

/** The one message with a secret; this one is nobody's. */
export function secrets(): Entry[] {
  return [
    ...entriesOf("The secret", SHAPES, (shape) => toDana(secretMessage({ ...DELIVERY, ...shape }, HANDOUT))),
    ...entriesOf("Before the secret", { "tried before": tryMessage() }, toDana),
  ];
}

function toDana(message: Message) {
  return { kind: "message", place: "dm", isEphemeral: true, readerId: DANA, message } as const;
}
