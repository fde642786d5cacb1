import type { InputBlock } from "@slack/types";
import { type Life, usualLife } from "../../domain/key-end";
import { DAY_MS } from "../../domain/limits";
import type { Lasts } from "../../domain/policy/rule";
import { inputHint, inputLabel, placeholder } from "../blocks/input";
import { option } from "../blocks/option";
import { ACTIONS, BLOCKS } from "../ids";
import { durationWords } from "../words/duration";
import type { Draft } from "./draft";

/** What a draft holds of how long a key is to live: the value of its option, and the day where one is chosen. */
export type DraftLife = { value: string; day: string | null };

/** The values of options: a time in milliseconds, or one of these two. */
export const OPEN = "open";
export const UNTIL_DAY = "day";

/** The times that are offered, in days, as far as the policy allows them. */
const OFFERED_DAYS = [1, 7, 30, 90] as const;

/** What is offered is in the id of the block: what was chosen among other times does not stay when it is drawn again (Slack, `views.update`). */
const lifeBlock = ({ defaultMs, longestMs }: Lasts): string => `${BLOCKS.life}_${defaultMs}_${longestMs}`;

/** The id of the block that a form has for it, out of what it holds; null where it has none. */
export function lifeBlockIn(values: object): string | null {
  return Object.keys(values).find((id) => id.startsWith(`${BLOCKS.life}_`)) ?? null;
}

/** What stood in such a block before anybody chose. Whoever leaves it gets what is usual for what they ask for in the end. */
export function drawnDefault(blockId: string): string {
  const [defaultMs = null, longestMs = null] = blockId
    .slice(BLOCKS.life.length + 1)
    .split("_")
    .map((part) => (/^\d{1,12}$/.test(part) ? Number(part) : null));
  return optionOf(usualLife({ defaultMs, longestMs }));
}

/** How long the key shall live; nothing else can be chosen than what the policy allows. */
export function lifeInputs({ life }: Draft, lasts: Lasts): InputBlock[] {
  const values = valuesOf(lasts);
  const chosen = life !== null && values.includes(life.value) ? life.value : optionOf(usualLife(lasts));
  const options = values.map((value) => option({ value, label: labelOf(value) }));
  const initial = options.find(({ value }) => value === chosen);
  return [
    {
      type: "input",
      block_id: lifeBlock(lasts),
      label: inputLabel("How long"),
      hint: inputHint("From when you switch it on. You are reminded before it ends, and can extend it."),
      dispatch_action: true,
      element: {
        type: "static_select",
        action_id: ACTIONS.life,
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
    },
    ...(chosen === UNTIL_DAY ? [dayInput(life?.day ?? null)] : []),
  ];
}

function dayInput(day: string | null): InputBlock {
  return {
    type: "input",
    block_id: BLOCKS.lifeDay,
    label: inputLabel("Last day"),
    element: {
      type: "datepicker",
      action_id: ACTIONS.lifeDay,
      placeholder: placeholder("Choose a day"),
      ...(day === null ? {} : { initial_date: day }),
    },
  };
}

function valuesOf({ defaultMs, longestMs }: Lasts): string[] {
  const latest = longestMs ?? Number.POSITIVE_INFINITY;
  const offered = OFFERED_DAYS.map((days) => days * DAY_MS).filter((ms) => ms <= latest);
  const own = [defaultMs, longestMs].filter((ms) => ms !== null);
  const times = [...new Set([...offered, ...own])].sort((one, other) => one - other);
  return [...times.map(String), ...(latest >= DAY_MS ? [UNTIL_DAY] : []), ...(longestMs === null ? [OPEN] : [])];
}

function labelOf(value: string): string {
  if (value === OPEN) return "No end";
  return value === UNTIL_DAY ? "Until a day…" : durationWords(Number(value));
}

function optionOf(life: Life): string {
  return life.kind === "lasts" ? String(life.ms) : OPEN;
}
