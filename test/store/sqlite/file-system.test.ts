import { tmpdir } from "node:os";
import { fileSystemOfType, refuseNetwork } from "../../../src/store/sqlite/file-system";

test.each([
  ["NFS", 0x6969, { kind: "network", name: "NFS" }],
  ["SMB 1", 0x517b, { kind: "network", name: "SMB" }],
  ["CIFS", 0xff534d42, { kind: "network", name: "SMB" }],
  ["CIFS where a long has 32 bits", 0xff534d42 | 0, { kind: "network", name: "SMB" }],
  ["SMB 2 and 3", 0xfe534d42, { kind: "network", name: "SMB" }],
  ["9p", 0x01021997, { kind: "doubtful", name: "9p" }],
  ["FUSE and virtiofs", 0x65735546, { kind: "doubtful", name: "FUSE" }],
  ["ext4", 0xef53, { kind: "local" }],
  ["overlayfs", 0x794c7630, { kind: "local" }],
  ["APFS, by the number of macOS", 0x1a, { kind: "local" }],
])("%s", (_name, type, expected) => {
  expect(fileSystemOfType(type)).toEqual(expected);
});

test("this machine's own disk is nothing to say anything about, and neither is one that says nothing", () => {
  expect(refuseNetwork(tmpdir())).toBeNull();
  expect(refuseNetwork("/nowhere/at/all")).toBeNull();
});
