/** What Slack sends of a person with every click, submission and search. */
export const PERSON = { user: { id: "UDEV", team_id: "T1" }, team: { id: "T1" }, api_app_id: "A1" };

export const ACTOR = { userId: "UDEV", teamId: "T1", enterpriseId: null, userTeamId: "T1" };

/** The fields of the form for a new key, as Slack gives them. */
export function formValues(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    key_name: { create_key_name: { type: "plain_text_input", value: "ci-uploader" } },
    permission: { create_permission: { type: "radio_buttons", selected_option: option("ReadOnly") } },
    buckets: { create_buckets: { type: "multi_external_select", selected_options: [option("builds")] } },
    bucket_access: { create_bucket_access: { type: "radio_buttons", selected_option: option("named") } },
    endpoint: { create_endpoint: { type: "radio_buttons", selected_option: option("Default") } },
    format: { create_format: { type: "static_select", selected_option: option("shell") } },
    reason: { create_reason: { type: "plain_text_input", value: null } },
    ...changes,
  };
}

export function option(value: unknown) {
  return { text: { type: "plain_text", text: "any" }, value };
}

export const named = (...names: unknown[]) => ({ create_buckets: { selected_options: names.map(option) } });
export const bucketAccess = (value: unknown) => ({ create_bucket_access: { selected_option: option(value) } });
export const everything = bucketAccess("all");
export const permission = (name: unknown) => ({ create_permission: { selected_option: option(name) } });
export const reason = (value: unknown) => ({ create_reason: { value } });

/** The fields of the form of 0.4.0, with a box for all buckets, and no format. */
export function olderValues(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { bucket_access: _access, format: _format, ...values } = formValues();
  return { ...values, all_buckets: boxes(), ...changes };
}

export const boxes = (...values: unknown[]) => ({ create_all_buckets: { selected_options: values.map(option) } });

/** As deep as somebody might nest what they send. */
export function nested(depth: number): unknown {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level++) value = { values: value, __proto__: null };
  return value;
}
