/** What Slack sends of a person with every click, submission and search. */
export const PERSON = { user: { id: "UDEV", team_id: "T1" }, team: { id: "T1" }, api_app_id: "A1" };

export const ACTOR = { userId: "UDEV", teamId: "T1", enterpriseId: null, userTeamId: "T1" };

/** The fields of the form for a new key, as Slack gives them. */
export function formValues(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    key_name: { create_key_name: { type: "plain_text_input", value: "ci-uploader" } },
    permission: { create_permission: { type: "radio_buttons", selected_option: option("ReadOnly") } },
    buckets: { create_buckets: { type: "multi_external_select", selected_options: [option("builds")] } },
    all_buckets: { create_all_buckets: { type: "checkboxes", selected_options: [] } },
    endpoint: { create_endpoint: { type: "radio_buttons", selected_option: option("Default") } },
    reason: { create_reason: { type: "plain_text_input", value: null } },
    ...changes,
  };
}

export function option(value: unknown) {
  return { text: { type: "plain_text", text: "any" }, value };
}

export const named = (...names: unknown[]) => ({ create_buckets: { selected_options: names.map(option) } });
export const everything = { create_all_buckets: { selected_options: [option("all")] } };
export const permission = (name: unknown) => ({ create_permission: { selected_option: option(name) } });
export const reason = (value: unknown) => ({ create_reason: { value } });

/** As deep as somebody might nest what they send. */
export function nested(depth: number): unknown {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level++) value = { values: value, __proto__: null };
  return value;
}
