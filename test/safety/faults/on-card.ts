import { card } from "../../e2e/play";
import { until } from "../../kit/until";
import type { World } from "../../kit/world";

/** Presses a button of the card of Dana's key `ci`, as soon as it is there. */
export async function pressOnCard({ dana }: World, label: string): Promise<void> {
  await dana.until(label, () => card(dana, "ci")?.buttons.some((button) => button.label === label));
  await dana.press(label, { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
}

/** Lets time pass until something holds. */
export async function passUntil({ clock }: World, isOver: () => boolean, stepMs: number): Promise<void> {
  await until(() => {
    clock.advance(stepMs);
    return isOver();
  });
}
