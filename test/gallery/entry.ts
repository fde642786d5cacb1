import type { HomeView, ModalView } from "@slack/types";
import type { Message } from "../../src/slack/blocks/message";

/** Something that somebody sees, as it goes to Slack. */
export type Entry = {
  /** What it is one state of: a chapter of the contact sheet. */
  group: string;
  /** Which state it is; one of a kind within its group. */
  name: string;
} & Seen;

/** What is seen, and who sees it, by id. */
export type Seen = { readerId: string } & (
  | /** In the reader's DM with the bot, or in the approvals channel. */
  { kind: "message"; place: "dm" | "approvals"; isEphemeral: boolean; message: Message }
  /** With what is wrong with its fields, by the block of each. */
  | { kind: "modal"; view: ModalView; errors?: Record<string, string> }
  | { kind: "home"; view: HomeView }
);

/** The states of one thing, by name. */
export type States<State> = Record<string, State>;

/** The entries of a group. @param see draws what is seen of each state */
export function entriesOf<State>(group: string, states: States<State>, see: (state: State) => Seen): Entry[] {
  return Object.entries(states).map(([name, state]) => ({ group, name, ...see(state) }));
}

export function mapped<Name extends string, From, To>(states: Record<Name, From>, to: (state: From) => To) {
  const rows = Object.entries<From>(states).map(([name, state]) => [name, to(state)]);
  return Object.fromEntries(rows) as Record<Name, To>;
}

/** One level of names less: `{ denied: { twice: x } }` becomes `{ "denied, twice": x }`; an empty name adds nothing. */
export function flat<State>(nested: Record<string, States<State>>): States<State> {
  const rows = Object.entries(nested).flatMap(([outer, states]) =>
    Object.entries(states).map(([inner, state]): [string, State] => [nameOf(outer, inner), state]),
  );
  return Object.fromEntries(rows);
}

function nameOf(outer: string, inner: string): string {
  return inner === "" ? outer : `${outer}, ${inner}`;
}

/** A table of codes with what they may be about, as the coded values that it stands for. */
export function coded<Data>(table: { [Code in keyof Data]: States<Data[Code]> }) {
  type Coded = { [Code in keyof Data]: { code: Code; about: Data[Code] } }[keyof Data];
  const rows = Object.entries<States<unknown>>(table).flatMap(([code, states]) =>
    Object.entries(states).map(([name, about]) => [nameOf(code, name), { code, about }]),
  );
  return Object.fromEntries(rows) as States<Coded>;
}
