import { messageProblems, optionProblems, viewProblems } from "../../../sandbox/slack/limits/blocks";

const plain = (text: string) => ({ type: "plain_text", text });
const option = (text: string) => ({ text: plain(text), value: text });
const section = (text: unknown) => ({ type: "section", text });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const button = (more: object = {}) => ({ type: "button", text: plain("Go"), action_id: "go", ...more });
const input = (element: object, more: object = {}) => ({ type: "input", label: plain("Field"), element, ...more });
const modal = (more: object) => ({ type: "modal", title: plain("Title"), submit: plain("Send"), blocks: [], ...more });
const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => item(i));
const rich = (...elements: object[]) => ({ type: "rich_text", elements });

describe("messages that Slack takes", () => {
  test.each<[string, object[]]>([
    [
      "every kind of text",
      [section(plain("x".repeat(3_000))), { type: "header", text: plain("x".repeat(150)) }, { type: "divider" }],
    ],
    [
      "a section with a menu beside it",
      [
        {
          ...section({ type: "mrkdwn", text: "b", verbatim: true }),
          accessory: { type: "overflow", action_id: "more", options: [option("a")] },
        },
      ],
    ],
    [
      "a button with everything",
      [
        actions(
          button({
            value: "1",
            style: "danger",
            url: "https://a.example",
            accessibility_label: "Go on",
            confirm: { title: plain("Sure?"), text: plain("Really?"), confirm: plain("Yes"), deny: plain("No") },
          }),
        ),
      ],
    ],
    [
      "rich text with everything",
      [
        rich(
          {
            type: "rich_text_section",
            elements: [
              { type: "text", text: "a", style: { bold: true } },
              { type: "user", user_id: "U1" },
              { type: "usergroup", usergroup_id: "S1" },
              { type: "date", timestamp: 1, format: "{date}", fallback: "1970" },
            ],
          },
          { type: "rich_text_preformatted", border: 0, elements: [{ type: "text", text: "code" }] },
          { type: "rich_text_quote", elements: [{ type: "text", text: "said" }] },
        ),
      ],
    ],
    ["context", [{ type: "context", elements: [plain("a"), { type: "mrkdwn", text: "b" }] }]],
  ])("%s", (_name, blocks) => {
    expect(messageProblems(blocks)).toEqual([]);
  });
});

describe("messages that Slack refuses", () => {
  test.each<[string, object[], string]>([
    ["51 blocks", many(51, () => ({ type: "divider" })), "no more than 50 items"],
    ["an unknown block", [{ type: "hologram" }], "unsupported type: hologram"],
    ["an unknown property", [{ type: "divider", colour: "red" }], "no additional properties allowed: colour"],
    [
      "a property of every object's",
      [JSON.parse('{"type":"divider","__proto__":{}}')],
      "no additional properties allowed: __proto__",
    ],
    ["an empty text", [section(plain(""))], "must be more than 0 characters"],
    ["a long text", [section(plain("x".repeat(3_001)))], "must be less than 3001 characters"],
    ["a section that says nothing", [{ type: "section" }], "missing required field: text"],
    ["11 pieces of context", [{ type: "context", elements: many(11, () => plain("a")) }], "no more than 10 items"],
    ["a long header", [{ type: "header", text: plain("x".repeat(151)) }], "less than 151"],
    ["mrkdwn in a header", [{ type: "header", text: { type: "mrkdwn", text: "a" } }], "must be one of plain_text"],
    ["26 buttons", [actions(...many(26, (i) => button({ action_id: `a${i}` })))], "no more than 25 items"],
    ["an action id twice", [actions(button(), button())], "`action_id` already exists"],
    [
      "a block id twice",
      [
        { type: "divider", block_id: "a" },
        { type: "divider", block_id: "a" },
      ],
      "`block_id` a already exists",
    ],
    ["a long button", [actions(button({ text: plain("x".repeat(76)) }))], "less than 76"],
    ["a strange style", [actions(button({ style: "warning" }))], "must be one of primary, danger"],
    [
      "a dialog without a way out",
      [actions(button({ confirm: { title: plain("a"), text: plain("b"), confirm: plain("c") } }))],
      "missing required field: deny",
    ],
    ["an input", [input({ type: "plain_text_input" })], "unsupported type: input"],
    [
      "a text input among actions",
      [actions({ type: "plain_text_input", action_id: "a" })],
      "unsupported type: plain_text_input",
    ],
    [
      "an unknown part of rich text",
      [rich({ type: "rich_text_section", elements: [{ type: "mrkdwn", text: "a" }] })],
      "unsupported type: mrkdwn",
    ],
    [
      "a mention in code",
      [rich({ type: "rich_text_preformatted", elements: [{ type: "user", user_id: "U1" }] })],
      "unsupported type: user",
    ],
    [
      "an empty part of rich text",
      [rich({ type: "rich_text_section", elements: [{ type: "text", text: "" }] })],
      "more than 0",
    ],
    [
      "what this stand-in can't show, though Slack can",
      [{ type: "image", image_url: "https://a.example/b.png", alt_text: "b" }],
      "unsupported type: image",
    ],
    [
      "a part of rich text that it can't show",
      [rich({ type: "rich_text_section", elements: [{ type: "broadcast", range: "here" }] })],
      "unsupported type: broadcast",
    ],
    [
      "a menu without options",
      [actions({ type: "static_select", action_id: "a", options: [] })],
      "no less than 1 items",
    ],
    ["what is no block", [null as never], "unsupported type"],
  ])("%s", (_name, blocks, problem) => {
    expect(messageProblems(blocks).join("\n")).toContain(problem);
  });

  test("say where", () => {
    const [problem] = messageProblems([{ type: "divider" }, section(plain(""))]);
    expect(problem).toBe("[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]");
  });
});

describe("modals that Slack refuses", () => {
  const text = { type: "plain_text_input", action_id: "a" };
  test.each<[string, object, string]>([
    ["a long title", modal({ title: plain("x".repeat(25)) }), "less than 25"],
    ["no title", { type: "modal", blocks: [] }, "missing required field: title"],
    ["101 blocks", modal({ blocks: many(101, () => ({ type: "divider" })) }), "no more than 100"],
    [
      "an input without a submit button",
      { type: "modal", title: plain("a"), blocks: [input(text)] },
      "missing required field: submit",
    ],
    ["long metadata", modal({ private_metadata: "x".repeat(3_001) }), "less than 3001"],
    [
      "a first choice that is not offered",
      modal({ blocks: [input({ type: "radio_buttons", options: [option("a")], initial_option: option("b") })] }),
      "must be one of the options",
    ],
    [
      "a first choice that differs in a description",
      modal({
        blocks: [
          input({
            type: "radio_buttons",
            options: [{ ...option("a"), description: plain("x") }],
            initial_option: option("a"),
          }),
        ],
      }),
      "must be one of the options",
    ],
    [
      "11 radio buttons",
      modal({ blocks: [input({ type: "radio_buttons", options: many(11, (i) => option(`o${i}`)) })] }),
      "no more than 10",
    ],
    [
      "a long option",
      modal({ blocks: [input({ type: "checkboxes", options: [option("x".repeat(76))] })] }),
      "less than 76",
    ],
    [
      "mrkdwn in a menu",
      modal({
        blocks: [input({ type: "static_select", options: [{ text: { type: "mrkdwn", text: "a" }, value: "a" }] })],
      }),
      "must be one of plain_text",
    ],
    [
      "more text than fits",
      modal({ blocks: [input({ ...text, max_length: 3, initial_value: "four" })] }),
      "at most 3 characters",
    ],
    ["a button as an input", modal({ blocks: [input(button())] }), "unsupported type: button"],
    [
      "the same block id twice",
      modal({ blocks: [input(text, { block_id: "a" }), input(text, { block_id: "a" })] }),
      "already exists",
    ],
  ])("%s", (_name, view, problem) => {
    expect(viewProblems(view).join("\n")).toContain(problem);
  });

  test("and one that it takes: the same option, its properties in another order", () => {
    const first = { value: "a", text: { text: "a", type: "plain_text" } };
    const radio = { type: "radio_buttons", options: [option("a"), option("b")], initial_option: first };
    expect(viewProblems(modal({ blocks: [input(radio)] }))).toEqual([]);
  });
});

test("an app suggests 100 options at most", () => {
  expect(optionProblems(many(100, (i) => option(`o${i}`)))).toEqual([]);
  expect(optionProblems(many(101, (i) => option(`o${i}`)))).toHaveLength(1);
  expect(optionProblems([{ text: plain("a"), value: "x".repeat(151) }])).toHaveLength(1);
});
