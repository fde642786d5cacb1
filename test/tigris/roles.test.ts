import type { Access, BucketScope, Permission } from "../../src/domain/permission";
import { bucketRoles } from "../../src/tigris/roles";

test.each<[Permission, BucketScope, unknown]>([
  ["Admin", { kind: "all" }, [{ bucket: "*", role: "NamespaceAdmin" }]],
  ["Editor", { kind: "all" }, [{ bucket: "*", role: "Editor" }]],
  ["ReadOnly", { kind: "all" }, [{ bucket: "*", role: "ReadOnly" }]],
  ["Editor", { kind: "named", names: ["a.b-c"] }, [{ bucket: "a.b-c", role: "Editor" }]],
  ["Editor", { kind: "named", names: ["a", "*"] }, null],
  ["Editor", { kind: "named", names: [] }, null],
  ["Admin", { kind: "named", names: ["a"] }, null],
])("%s on %j is the roles %j", (permission, buckets, roles) => {
  expect(bucketRoles({ permission, buckets } as Access)).toEqual(roles);
});
