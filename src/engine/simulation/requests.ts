import type { RequestStream } from './types';

/** What is known of every request while the fleet runs. */
export class RequestBook {
  readonly start: Float64Array;
  readonly firstToken: Float64Array;
  readonly finish: Float64Array;
  /** seconds that receiving it has cost, by which its tokens are seen later than the replica has them */
  readonly lag: Float64Array;
  /** tokens of the answer that are still to come */
  readonly remaining: Int32Array;
  /** decode step of its replica at which it finishes; −1 while it does not decode */
  readonly finishStep: Float64Array;
  /** replica that it is on; −1 for none */
  readonly home: Int32Array;
  /** 1 where the cache of the prompt has come from a pool for prompts */
  readonly cached: Uint8Array;
  finished = 0;
  rejected = 0;
  preempted = 0;
  restarted = 0;
  tokens = 0;
  inFleet = 0;

  constructor(readonly stream: RequestStream) {
    const { length } = stream.arrival;
    this.start = new Float64Array(length).fill(Number.NaN);
    this.firstToken = new Float64Array(length).fill(Number.NaN);
    this.finish = new Float64Array(length).fill(Number.NaN);
    this.lag = new Float64Array(length);
    this.remaining = stream.output.slice();
    this.finishStep = new Float64Array(length).fill(-1);
    this.home = new Int32Array(length).fill(-1);
    this.cached = new Uint8Array(length);
  }

  input(request: number): number {
    return this.stream.input[request] as number;
  }

  output(request: number): number {
    return this.stream.output[request] as number;
  }

  left(request: number): number {
    return this.remaining[request] as number;
  }

  /** Tokens to be processed before it decodes: the prompt, and after a preemption what was already answered. */
  prompt(request: number): number {
    return this.input(request) + this.output(request) - this.left(request);
  }

  whole(request: number): number {
    return this.input(request) + this.output(request);
  }

  markFirst(request: number, time: number, lag: number): void {
    if (Number.isNaN(this.firstToken[request])) {
      this.firstToken[request] = time + lag;
      this.lag[request] = lag;
    }
    this.remaining[request] = this.left(request) - 1;
    this.tokens += 1;
  }

  /** The first token, just made by a replica for prompts, is seen when the cache has come with it to the one that decodes. */
  delayFirst(request: number, time: number, seconds: number): void {
    const first = this.firstToken[request] as number;
    if (first === time + (this.lag[request] as number)) this.firstToken[request] = first + seconds;
  }

  markFinish(request: number, time: number): void {
    this.finish[request] = time + (this.lag[request] as number);
    this.finishStep[request] = -1;
    this.home[request] = -1;
    this.finished += 1;
    this.inFleet -= 1;
  }

  /** Back to its beginning, as when its replica failed. */
  restart(request: number): void {
    this.tokens -= this.output(request) - this.left(request);
    this.remaining[request] = this.output(request);
    this.finishStep[request] = -1;
    this.home[request] = -1;
    this.firstToken[request] = Number.NaN;
    this.cached[request] = 0;
    this.restarted += 1;
  }
}
