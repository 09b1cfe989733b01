import { setTimeout as pause } from 'node:timers/promises';
import { StepFailure } from './failure.mjs';

/** Asks again until the condition gives something, and returns that; gives up after the deadline. */
export async function waitFor(description, condition, deadlineMs = 30_000) {
  const end = performance.now() + deadlineMs;
  while (performance.now() < end) {
    const found = await condition();
    if (found) return found;
    await pause(100);
  }
  throw new StepFailure(`Waited ${deadlineMs / 1000} seconds in vain: ${description}.`);
}
