import type { Plan } from '@engine/plan';

/** A named, pure edit of a plan. `label` is what undo, redo and the revision list call it. */
export interface Command<Args> {
  label(plan: Plan, args: Args): string;
  /** edits with equal keys in quick succession are one step; null never merges */
  mergeKey?(args: Args): string;
  /** the changed plan; the same object when nothing changes */
  apply(plan: Plan, args: Args): Plan;
}

/** Identity that lets a command's argument type be written once. */
export function defineCommand<Args>(command: Command<Args>): Command<Args> {
  return command;
}
