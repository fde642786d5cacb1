import { ACTIONS, BLOCKS } from "../../../src/slack/ids";

type Chosen = {
  keyName?: unknown;
  permission?: unknown;
  buckets?: unknown;
  access?: unknown;
  endpoint?: unknown;
  format?: unknown;
  reason?: unknown;
};

const option = (value: unknown) => ({ value });

/** The fields of a filled-in form for a new key. @param chosen `buckets` null for all of them */
export function createValues(chosen: Chosen = {}): Record<string, unknown> {
  const { keyName = "mine", permission = "ReadOnly", buckets = null, endpoint = "Default", reason = null } = chosen;
  const { access = buckets === null ? "all" : "named", format = "shell" } = chosen;
  const named = Array.isArray(buckets) ? buckets.map(option) : buckets;
  return {
    [BLOCKS.keyName]: { [ACTIONS.keyName]: { value: keyName } },
    [BLOCKS.permission]: { [ACTIONS.permission]: { selected_option: option(permission) } },
    [BLOCKS.bucketAccess]: { [ACTIONS.bucketAccess]: { selected_option: option(access) } },
    ...(buckets === null ? {} : { [BLOCKS.buckets]: { [ACTIONS.buckets]: { selected_options: named } } }),
    [BLOCKS.endpoint]: { [ACTIONS.endpoint]: { selected_option: option(endpoint) } },
    [BLOCKS.format]: { [ACTIONS.format]: { selected_option: option(format) } },
    [BLOCKS.reason]: { [ACTIONS.reason]: { value: reason } },
  };
}

/** The fields of a filled-in form that breaks the glass. */
export function glassValues(chosen: Chosen = {}): Record<string, unknown> {
  const reason = "Checkout is down, and its last build has to come out";
  return createValues({ permission: "Editor", buckets: ["builds"], reason, ...chosen });
}

export function denyValues(reason: unknown = "Editor will do"): Record<string, unknown> {
  return { [BLOCKS.denyReason]: { [ACTIONS.denyReason]: { value: reason } } };
}

export function lessValues(permission: unknown = "Editor", buckets: unknown = ["builds"]): Record<string, unknown> {
  const named = Array.isArray(buckets) ? buckets.map(option) : buckets;
  return {
    [BLOCKS.lessPermission]: { [ACTIONS.lessPermission]: { selected_option: option(permission) } },
    [BLOCKS.lessBuckets]: { [ACTIONS.lessBuckets]: { selected_options: named } },
  };
}

/** The fields of a filled-in form for another access, which is less than all buckets. */
export function accessValues(permission: unknown = "ReadOnly", buckets: unknown = ["builds"]): Record<string, unknown> {
  const named = Array.isArray(buckets) ? buckets.map(option) : buckets;
  return {
    [BLOCKS.accessPermission]: { [ACTIONS.accessPermission]: { selected_option: option(permission) } },
    [BLOCKS.accessBucketAccess]: { [ACTIONS.accessBucketAccess]: { selected_option: option("named") } },
    [BLOCKS.accessBuckets]: { [ACTIONS.accessBuckets]: { selected_options: named } },
  };
}

export function secretValues(reason: unknown = "The laptop with the old one was lost"): Record<string, unknown> {
  return { [BLOCKS.secretReason]: { [ACTIONS.secretReason]: { value: reason } } };
}

export function rotateValues(way: unknown = "86400000", reason: unknown = null): Record<string, unknown> {
  return {
    [BLOCKS.rotateWay]: { [ACTIONS.rotateWay]: { selected_option: option(way) } },
    [BLOCKS.rotateReason]: { [ACTIONS.rotateReason]: { value: reason } },
  };
}

export function takeoverValues(accessKeyIds: unknown): Record<string, unknown> {
  const chosen = Array.isArray(accessKeyIds) ? accessKeyIds.map(option) : accessKeyIds;
  return { [BLOCKS.takenKeys]: { [ACTIONS.takenKeys]: { selected_options: chosen } } };
}

export function keepValues(reason: unknown = "Its program can't read a new one yet"): Record<string, unknown> {
  return { [BLOCKS.keepReason]: { [ACTIONS.keepReason]: { value: reason } } };
}

export function deleteValues(accessKeyId: unknown): Record<string, unknown> {
  return { [BLOCKS.pickedKey]: { [ACTIONS.pickedKey]: { selected_option: option(accessKeyId) } } };
}
