import { closedLoop, type LoadedReplica } from './closed-loop';
import { operatingPoint, type OperatingPoint, type RequestShape } from './operating-point';
import { drainSeconds, easedAtEnd } from './run-ends';
import { promptBound, runningLimits, type RunningLimits } from './running-limits';
import type { Serving } from './serving';

/** What one replica is given to do. */
export type ReplicaLoad =
  /** users who each send the next request when the last answer has ended */
  | { readonly kind: 'closed loop'; readonly users: number }
  /** requests at a mean rate; infinite: all at once */
  | { readonly kind: 'open loop'; readonly requestsPerSecond: number; readonly requests: number }
  /** as many requests as may run, always waiting */
  | { readonly kind: 'queued' }
  | AtTarget;

/** Poisson arrivals at the highest rate that keeps the mean times within what the targets allow. */
interface AtTarget {
  readonly kind: 'at target';
  readonly timePerOutputTokenSeconds: number;
  readonly timeToFirstTokenSeconds: number;
  /** rate under Poisson arrivals over the rate with all requests queued, 0–1 */
  readonly share: number;
  /** steps that a request waits for others at that rate */
  readonly waitSteps: number;
  /** the rate where it is known; absent: as high as the targets allow */
  readonly requestsPerSecond?: number;
}

/**
 * What one replica does under a load.
 *
 * Closed loop of users, and n requests at once, each of a user of its own: see closedLoop.
 * Open loop of n requests at rate λ: B = n · W / (n / λ + W) are in flight over the run, W the time of one (Little's law). The run
 * takes n / λ + W or, past capacity, n / X_r(B), and longer where answers vary: the last ones run almost alone, see drainSeconds. Their load falls as exp(−j / O) over the
 * steps j, of which a request sees ln 2 on average if all start at once. Past capacity a run waits
 * n / 2 · (1 / capacity − 1 / λ) on average, and as in a closed loop is interrupted that much less by prompts of others. Where
 * more come than may run, only those that start first wait for no place, and only those that start last end almost alone; where prompts
 * are what bounds them, each step of all has its prompts.
 *
 * X tokens and X_r requests per second.
 *
 * Leaves out: bursts of an open loop beyond Poisson arrivals, time on the wire.
 * Source: Little 1961; Pollaczek–Khinchine formula in operatingPoint (both from memory).
 */
export function loadReplica(
  serving: Serving,
  shape: RequestShape,
  load: ReplicaLoad,
  accepted?: number,
): LoadedReplica {
  const limits = runningLimits(serving, shape, accepted);
  switch (load.kind) {
    case 'closed loop':
      return closedLoop(serving, shape, load.users, limits);
    case 'open loop':
      // Who sends everything at once is a user of each request.
      return load.requestsPerSecond === Infinity
        ? closedLoop(serving, { ...shape, rounds: 1, isStaticBatch: false }, load.requests, limits)
        : openLoop(serving, shape, load, limits);
    case 'queued': {
      const point = operatingPoint(serving, shape, limits.running);
      return asLoaded(point);
    }
    case 'at target':
      return atTarget(serving, shape, load, limits);
  }
}

function asLoaded(point: OperatingPoint): LoadedReplica {
  return {
    point,
    tokensPerSecond: point.tokensPerSecond,
    timeToFirstToken: point.timeToFirstToken,
    timePerOutputToken: point.timePerOutputToken,
  };
}

/** Requests that come at random end at random, whatever their lengths: their prompts come one by one. */
function atRandom(shape: RequestShape): RequestShape {
  return { ...shape, answerSpread: Math.max(1, shape.answerSpread ?? 0) };
}

function openLoop(
  serving: Serving,
  asked: RequestShape,
  load: Extract<ReplicaLoad, { kind: 'open loop' }>,
  { running }: RunningLimits,
): LoadedReplica {
  const { requests, requestsPerSecond: rate } = load;
  const shape = atRandom(asked);
  const most = Math.max(1, Math.min(running, requests));
  const arriving = requests / rate;
  let batch = 1;
  let inSystem = 0;
  for (let round = 0; round < 40; round += 1) {
    const point = operatingPoint(serving, shape, batch);
    inSystem = point.timeToFirstToken + shape.outputTokens * point.timePerOutputToken;
    const together = (requests * inSystem) / (arriving + inSystem);
    const next = (batch + Math.max(1, Math.min(most, together))) / 2;
    const isSettled = Math.abs(next - batch) < 1e-6 * batch;
    batch = next;
    if (isSettled) break;
  }
  const point = operatingPoint(serving, shape, batch);
  const perRequest = 1 / rate;
  const promptLag = (requests / 2) * Math.max(0, point.linePromptSeconds - perRequest);
  const isFull = batch >= running * 0.98;
  const slotLag = isFull
    ? ((requests - running) / 2) * Math.max(0, 1 / point.requestsPerSecond - perRequest)
    : 0;
  const tail = drainSeconds(serving, asked, batch);
  const run = Math.max(arriving + inSystem, requests / point.requestsPerSecond) + tail;
  const burst = inSystem / (arriving + inSystem);
  const perToken = point.promptSeconds / shape.outputTokens;
  const wave = isFull ? Math.min(1, running / requests) : 1;
  const spared = isFull && promptBound(serving, shape) <= running ? 0 : wave * wave;
  const eased = burst * wave * easedAtEnd(serving, shape, point);
  return {
    point,
    tokensPerSecond: (requests * shape.outputTokens) / run,
    timeToFirstToken: point.timeToFirstToken + Math.max(promptLag, slotLag),
    timePerOutputToken:
      point.timePerOutputToken -
      Math.min(point.prefillShare, spared * (promptLag / point.linePromptSeconds) * perToken) -
      eased,
  };
}

function atTarget(
  serving: Serving,
  asked: RequestShape,
  load: AtTarget,
  { running }: RunningLimits,
): LoadedReplica {
  const shape = atRandom(asked);
  const meets = (batch: number): boolean => {
    const { timePerOutputToken, timeToFirstToken } = operatingPoint(serving, shape, batch);
    return (
      timePerOutputToken <= load.timePerOutputTokenSeconds &&
      timeToFirstToken <= load.timeToFirstTokenSeconds
    );
  };
  const full = operatingPoint(serving, asked, running);
  let met = meets(running) ? running : 1;
  let failed = running;
  while (failed - met > 1) {
    const middle = Math.floor((met + failed) / 2);
    if (meets(middle)) met = middle;
    else failed = middle;
  }
  const point = operatingPoint(serving, shape, met);
  return {
    point,
    tokensPerSecond: Math.min(
      point.tokensPerSecond,
      full.tokensPerSecond * load.share,
      (load.requestsPerSecond ?? Infinity) * shape.outputTokens,
    ),
    timeToFirstToken: point.timeToFirstToken + load.waitSteps * point.timePerOutputToken,
    timePerOutputToken: point.timePerOutputToken,
  };
}
