/** How a scheduler that was told so keeps new requests waiting while others run. */
export interface Intake {
  /** 'polled': it looks for them once in so many steps; 'gathered': it waits so many steps for more prompts to put together */
  readonly kind: 'polled' | 'gathered';
  readonly steps: number;
  /** share of a step's tokens at which it waits for no more prompts, 0–1; absent: it waits all of the steps */
  readonly fullShare?: number;
}

/** What that means for requests that come at random. */
export interface IntakeSteps {
  /** steps that a request waits on average */
  readonly wait: number;
  /** steps whose requests are taken together */
  readonly together: number;
}

const none: IntakeSteps = { wait: 0, together: 0 };

/**
 * Steps that a new request waits for the scheduler of a busy replica.
 *
 *   polled: w = k / 2, those of k steps together      gathered: w = g · (1 + a · g / 2) / (1 + a · g),   g = min(k, (n − 1) / a)
 *
 * k steps of the setting · a requests that come per step [1] · n prompts that fill the share of a step at which waiting ends [1]: the
 * first waits all g steps, the a · g that come meanwhile half of them on average
 *
 * Leaves out: a replica that has nothing to do, which looks at once.
 * Source: definition; scheduler_recv_interval of SGLang (managers/scheduler_recv_skipper.py counts decoding steps, and looks after
 * each step of prompts); batch_wait_timeout_iters, batch_wait_max_tokens_ratio of TensorRT-LLM (both from memory).
 */
export function intakeSteps(
  intake: Intake | undefined,
  requestsPerStep: number,
  promptsPerFullStep: number,
): IntakeSteps {
  if (intake === undefined || intake.steps <= 0) return none;
  const { kind, steps, fullShare } = intake;
  if (kind === 'polled') return { wait: steps / 2, together: steps };
  const filling = Math.max(0, (fullShare ?? Infinity) * promptsPerFullStep - 1);
  const together = Math.min(steps, filling / Math.max(1e-9, requestsPerStep));
  const more = requestsPerStep * together;
  return { wait: (together * (1 + more / 2)) / (1 + more), together };
}
