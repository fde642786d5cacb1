import { Message, type MessageProps } from "slack-blocks-to-jsx";
import type { Block } from "../../slack/workspace";
import { formatDate } from "../dates";
import { type Directory, useViewer, type Viewer } from "../directory";

/** A block that is only read, drawn by the library, with the names and the zone of whoever reads it. */
export function DisplayBlock({ block }: { block: Block }) {
  const viewer = useViewer();
  const blocks: MessageProps["blocks"] = [withMarks(withoutId(block))];
  return <Message withoutWrapper theme="light" logo="" name="" blocks={blocks} hooks={hooksFor(viewer)} />;
}

/** The library puts a block's id into the page, where ids of several messages would meet. */
function withoutId({ block_id: _id, ...block }: Block): MessageProps["blocks"][number] {
  return block as MessageProps["blocks"][number];
}

/** Slack draws bold, code, people and moments in verbatim text too, and only finds no addresses in it; the library draws none. */
function withMarks(block: MessageProps["blocks"][number]): MessageProps["blocks"][number] {
  const json = JSON.stringify(block, (name, value) => (name === "verbatim" ? undefined : value));
  return JSON.parse(json) as MessageProps["blocks"][number];
}

function hooksFor({ directory, me }: Viewer): NonNullable<MessageProps["hooks"]> {
  return {
    user: ({ id }) => <Mention text={`@${userName(directory, id)}`} isMine={id === me.id} />,
    usergroup: ({ id }) => {
      const group = directory.userGroups.find((one) => one.id === id);
      return <Mention text={`@${group?.handle ?? id}`} isMine={group?.users.includes(me.id) ?? false} />;
    },
    channel: ({ id }) => (
      <Mention text={`#${directory.channels.find((one) => one.id === id)?.name ?? id}`} isMine={false} />
    ),
    date: ({ timestamp, format }) => <time>{formatDate(Number(timestamp), format, me.tz)}</time>,
  };
}

function userName({ people }: Directory, id: string): string {
  const person = people.find((one) => one.id === id);
  return person?.realName.split(",")[0] ?? id;
}

function Mention({ text, isMine }: { text: string; isMine: boolean }) {
  return <span className={isMine ? "mention mine" : "mention"}>{text}</span>;
}
