/** What a command may touch of the outside world, so that tests can hand in their own. */
export interface CommandIo {
  /** results */
  readonly print: (text: string) => void;
  /** messages */
  readonly tell: (text: string) => void;
  /** the text of a file, or of standard input for '-' */
  readonly read: (path: string) => Promise<string>;
}

/** Wrong usage: the message is printed and the process ends with status 2. */
export class UsageError extends Error {}

/** A command that could not do its job: one sentence, status 1. */
export class CommandFailure extends Error {}

export const exitStatus = { done: 0, failed: 1, wrongUsage: 2 } as const;
