import type { TrainingJob } from '../training/job';

/** What starts a run in one tool. */
export interface LaunchSettings {
  readonly tool: string;
  /** what the text is: options of a command line, a file, a piece of a program */
  readonly form: string;
  readonly text: string;
  /** what the tool cannot express, or expresses otherwise; one sentence each */
  readonly cannot: readonly string[];
  /** where the names were checked */
  readonly source: string;
}

export interface LaunchJob extends TrainingJob {
  readonly accelerators: number;
}
