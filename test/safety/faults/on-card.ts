import { card } from "../../e2e/play";
import type { World } from "../../kit/world";

/** Presses a button of the card of Dana's key `ci`, as soon as it is there. */
export async function pressOnCard({ dana }: World, label: string): Promise<void> {
  await dana.until(label, () => card(dana, "ci")?.buttons.some((button) => button.label === label));
  await dana.press(label, { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
}
