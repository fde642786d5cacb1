import { shared } from "./shared";

export default async function tearDown(): Promise<void> {
  await shared.server?.stop();
}
