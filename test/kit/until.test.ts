import { createManualClock } from "./manual-clock";
import { inTime, passUntil, until } from "./until";

const never = () => new Promise<never>(() => {});

test("what is found is given back, whether it is there at once or comes later", async () => {
  expect(await until("a number", () => 7)).toBe(7);
  let looks = 0;
  const third = async () => {
    looks += 1;
    return looks === 3 && "third";
  };
  expect(await until("the third look", third)).toBe("third");
});

test("a wait in vain says what it was for, and what was there instead", async () => {
  const waiting = { limitMs: 30, seen: () => ({ keys: 2 }) };
  await expect(until("the key to be deleted", () => false, waiting)).rejects.toThrow(
    "waited in vain for the key to be deleted; there was { keys: 2 }",
  );
  await expect(until("an answer", never, { limitMs: 30 })).rejects.toThrow("waited in vain for an answer");
  await expect(inTime("the end", never(), { limitMs: 30 })).rejects.toThrow("waited in vain for the end");
});

test("nobody looks on after a wait in vain", async () => {
  let looks = 0;
  const look = () => {
    looks += 1;
    return false;
  };
  await expect(until("nothing", look, { limitMs: 30 })).rejects.toThrow("in vain");
  const before = looks;
  await expect(until("nothing", () => false, { limitMs: 30 })).rejects.toThrow("in vain");
  expect(looks).toBe(before);
});

test("an error of a look ends the wait", async () => {
  const broken = () => {
    throw new Error("broken");
  };
  await expect(until("anything", broken)).rejects.toThrow("broken");
});

test("a clock goes on step by step until something is so", async () => {
  const clock = createManualClock(0);
  await passUntil("three seconds", () => clock.now() === 3_000, { clock, stepMs: 1_000 });
});
