import type { Plan } from '@engine/plan';

/** One undoable step: the plan as it was before, and what the step did. */
interface Step {
  readonly plan: Plan;
  readonly label: string;
}

/** Whole immutable plans in the order they were; `present` is what the user sees. */
export interface History {
  readonly past: readonly Step[];
  readonly present: Plan;
  readonly future: readonly Step[];
  /** the field being typed into and when it was last changed, so that typing is one step */
  readonly merging: { readonly key: string; readonly atMs: number } | null;
}

/** Typing continues the same step while pauses stay below this. */
const mergeWithinMs = 2_000;

/** Steps kept; plans share structure, so a step costs little more than its change. */
const maximumSteps = 1_000;

export function startHistory(plan: Plan): History {
  return { past: [], present: plan, future: [], merging: null };
}

export interface Change {
  readonly plan: Plan;
  readonly label: string;
  /** equal keys within a short time merge into one step; null never merges */
  readonly mergeKey: string | null;
  readonly atMs: number;
}

/** Appends a change. A change that leaves the plan as it is leaves the history, redo included, as it is. */
export function record(history: History, change: Change): History {
  if (change.plan === history.present) return history;
  const { merging, past } = history;
  const continues =
    merging !== null &&
    merging.key === change.mergeKey &&
    change.atMs - merging.atMs <= mergeWithinMs &&
    history.future.length === 0;
  const last = past.at(-1);
  const steps =
    continues && last
      ? [...past.slice(0, -1), { plan: last.plan, label: change.label }]
      : [...past, { plan: history.present, label: change.label }];
  return {
    past: steps.slice(-maximumSteps),
    present: change.plan,
    future: [],
    merging: change.mergeKey === null ? null : { key: change.mergeKey, atMs: change.atMs },
  };
}

/** Ends the step being typed: what is typed next is a step of its own. */
export function endTyping(history: History): History {
  return history.merging === null ? history : { ...history, merging: null };
}

export function undoLabel(history: History): string | null {
  return history.past.at(-1)?.label ?? null;
}

export function redoLabel(history: History): string | null {
  return history.future.at(-1)?.label ?? null;
}

export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  return {
    past: history.past.slice(0, -1),
    present: step.plan,
    future: [...history.future, { plan: history.present, label: step.label }],
    merging: null,
  };
}

export function redo(history: History): History {
  const step = history.future.at(-1);
  if (!step) return history;
  return {
    past: [...history.past, { plan: history.present, label: step.label }],
    present: step.plan,
    future: history.future.slice(0, -1),
    merging: null,
  };
}
