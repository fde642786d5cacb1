import type { ActionsBlock, InputBlock, KnownBlock } from "@slack/types";
import { type HomeLook, isNarrowed } from "../../domain/app-home";
import { KEYS_PER_PAGE, MAX_KEYS_COUNTED, MAX_SEARCH } from "../../domain/limits";
import { PERMISSIONS } from "../../domain/permission";
import type { HomeContents } from "../../workflow/app-home";
import { type ButtonSpec, button, buttons } from "../blocks/button";
import { inputLabel, placeholder } from "../blocks/input";
import { keyRow, type RowIds } from "../blocks/key-row";
import { context } from "../blocks/message";
import { option } from "../blocks/option";
import { cut } from "../blocks/plain";
import { row } from "../blocks/row";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold, type Sentence, user } from "../words/sentence";

/** Stands for no permission in particular. */
export const ANY_PERMISSION = "any";

const ROW_IDS: RowIds = {
  details: ACTIONS.homeDetails,
  newSecret: ACTIONS.homeNewSecret,
  rotate: ACTIONS.homeRotate,
  changeAccess: ACTIONS.homeChangeAccess,
  pause: ACTIONS.homePause,
  resume: ACTIONS.homeResume,
  deleteKey: ACTIONS.homeDelete,
};

/** A page of keys, with what narrows it and what turns it. */
export function keysBlocks(contents: HomeContents): KnownBlock[] {
  const { viewer, look, keys, at } = contents;
  const { userId: viewerId, isApprover } = viewer;
  const rows = keys.page.map((key) => {
    const blockId = `home_key_${key.accessKeyId}`;
    return keyRow(key, { viewerId, isApprover, at, ids: ROW_IDS, blockId }).block;
  });
  const getKey = button({ label: BUTTONS.getKey, actionId: ACTIONS.homeCreate, value: "create", style: "primary" });
  return [
    {
      ...row([bold(titleOf(look)), ` (${countOf(keys.count)})`], { menu: [], blockId: "home_keys" }).block,
      accessory: getKey,
    },
    ...(viewer.mayBreakGlass ? [glassButton()] : []),
    ...(isApprover ? [whoseButtons(look)] : []),
    ...(isSearchShown(contents) ? [searchField(look)] : []),
    ...(look.whose === "everybody" ? [filters(look)] : []),
    ...(isNarrowed(look) ? [{ ...buttons(clearButton()), block_id: "home_clearing" }] : []),
    ...(rows.length > 0 ? rows : [context(emptyWords(look))]),
    ...turning(contents),
  ];
}

function titleOf({ whose }: HomeLook): string {
  return whose === "own" ? BUTTONS.yourKeys : BUTTONS.everybodysKeys;
}

function countOf(count: number): string {
  return count > MAX_KEYS_COUNTED ? `over ${MAX_KEYS_COUNTED}` : String(count);
}

/** Who has one page of keys at most sees all of them at once. */
function isSearchShown({ look, keys }: HomeContents): boolean {
  return look.whose === "everybody" || look.search !== "" || keys.count > KEYS_PER_PAGE;
}

/** For those on call alone. */
function glassButton(): ActionsBlock {
  const spec = { label: BUTTONS.breakGlass, actionId: ACTIONS.homeBreakGlass, value: "break_glass" };
  return { ...buttons(spec), block_id: "home_glass" };
}

function whoseButtons({ whose }: HomeLook): ActionsBlock {
  const other =
    whose === "own"
      ? { label: BUTTONS.everybodysKeys, actionId: ACTIONS.homeEverybody, value: "everybody" }
      : { label: BUTTONS.yourKeys, actionId: ACTIONS.homeOwn, value: "own" };
  return { ...buttons(other), block_id: "home_whose" };
}

function searchField({ search, emptiedAt }: HomeLook): InputBlock {
  return {
    type: "input",
    block_id: `${ACTIONS.homeSearch}_${emptiedAt}`,
    label: inputLabel("Search, then press Enter"),
    dispatch_action: true,
    element: {
      type: "plain_text_input",
      action_id: ACTIONS.homeSearch,
      placeholder: placeholder("Name, reference, ID or bucket"),
      max_length: MAX_SEARCH,
      dispatch_action_config: { trigger_actions_on: ["on_enter_pressed"] },
      ...(search === "" ? {} : { initial_value: cut(search, MAX_SEARCH) }),
    },
  };
}

function filters({ ownerId, permission, bucket, emptiedAt }: HomeLook): ActionsBlock {
  const permissions = [
    option({ value: ANY_PERMISSION, label: "Any permission" }),
    ...PERMISSIONS.map((value) => option({ value })),
  ];
  const chosen = permissions.find(({ value }) => value === (permission ?? ANY_PERMISSION));
  return {
    type: "actions",
    block_id: `home_filters_${emptiedAt}`,
    elements: [
      {
        type: "users_select",
        action_id: ACTIONS.homePerson,
        placeholder: placeholder("Person"),
        ...(ownerId === null ? {} : { initial_user: ownerId }),
      },
      {
        type: "static_select",
        action_id: ACTIONS.homePermission,
        placeholder: placeholder("Permission"),
        options: permissions,
        ...(chosen ? { initial_option: chosen } : {}),
      },
      {
        type: "external_select",
        action_id: ACTIONS.homeBucket,
        placeholder: placeholder("Bucket"),
        min_query_length: 0,
        ...(bucket === null ? {} : { initial_option: option({ value: bucket }) }),
      },
    ],
  };
}

function clearButton(): ButtonSpec {
  const spoken = `${BUTTONS.clear}: show all keys again`;
  return { label: BUTTONS.clear, actionId: ACTIONS.homeClear, value: "clear", spoken };
}

function emptyWords(look: HomeLook): Sentence {
  if (!isNarrowed(look)) return [look.whose === "own" ? "You have no keys." : "Nobody has a key."];
  const clear: Sentence = [" ", bold(BUTTONS.clear), " shows all."];
  if (look.ownerId !== null) return ["No key of ", user(look.ownerId), " matches this.", ...clear];
  return [look.whose === "own" ? "No key of yours matches this." : "No key matches this.", ...clear];
}

function turning({ keys: { page, hasNewer, hasOlder } }: HomeContents): ActionsBlock[] {
  const [first, last] = [page[0], page.at(-1)];
  const specs: ButtonSpec[] = [
    ...(hasNewer && first ? [{ label: BUTTONS.newer, actionId: ACTIONS.homeNewer, value: first.accessKeyId }] : []),
    ...(hasOlder && last ? [{ label: BUTTONS.older, actionId: ACTIONS.homeOlder, value: last.accessKeyId }] : []),
  ];
  return specs.length === 0 ? [] : [{ ...buttons(...specs), block_id: "home_turning" }];
}
