import type { Catalogue, Model } from '../catalogue/types';
import { maximumBatch } from '../inference/capacity';
import { allowedTensorParallel } from '../inference/findings';
import { operatingPoint, type OperatingPoint } from '../inference/operating-point';
import { servingConstantsOn } from '../inference/device-constants';
import { prepareServing, type Serving } from '../inference/serving';

import type { AnswersJob, JobTime } from './job';
import type { DescribedMachine } from './machine';

/**
 * Time until a number of answers asked at once are all given.
 *
 *   t = max( t_first + O · t_token,  N / (R · X) ),   B = min(B_max, ⌈N / R⌉)
 *
 * N answers [1] · R replicas, processors / tensor-parallel degree [1] · X answers per second of a replica with B in flight ·
 * O tokens per answer [1] · t_first, t_token see operatingPoint. The tensor-parallel degree is the one that is fastest.
 *
 * Leaves out: the end of the run, when the last answers no longer fill a batch.
 * Source: definition.
 */
export function answersTime(
  job: AnswersJob,
  model: Model,
  { machine, device, accelerator }: DescribedMachine,
  catalogue: Catalogue,
): JobTime {
  const software = accelerator.kind === 'cpu' ? 'pytorch' : 'current';
  const constants = servingConstantsOn(device, software, catalogue.assumptions);
  const shape = { inputTokens: job.inputTokens, outputTokens: job.outputTokens };
  const context = job.inputTokens + job.outputTokens / 2;
  const widest = Math.min(machine.processors, device.scaleUp.domain);
  if (device.rates[job.weightPrecision] === undefined) {
    return { isDone: false, reason: `No arithmetic for ${job.weightPrecision.toUpperCase()}.` };
  }
  let best: { seconds: number; serving: Serving; point: OperatingPoint } | null = null;
  for (const tensorParallel of allowedTensorParallel(model.architecture.heads, widest)) {
    const serving = prepareServing(
      {
        device,
        architecture: model.architecture,
        weightPrecision: job.weightPrecision,
        keyValuePrecision: job.keyValuePrecision,
        tensorParallel,
        pipelineParallel: 1,
      },
      constants,
    );
    const replicas = Math.floor(machine.processors / tensorParallel);
    const batch = Math.min(maximumBatch(serving, context), Math.ceil(job.answers / replicas));
    if (batch < 1) continue;
    const point = operatingPoint(serving, shape, batch);
    const one = point.timeToFirstToken + job.outputTokens * point.timePerOutputToken;
    const seconds = Math.max(one, job.answers / (replicas * point.requestsPerSecond));
    if (best === null || seconds < best.seconds) best = { seconds, serving, point };
  }
  if (best === null) return { isDone: false, reason: 'The model does not fit into its memory.' };
  const { tensorParallel } = best.serving;
  const replicas = Math.floor(machine.processors / tensorParallel);
  return {
    isDone: true,
    seconds: best.seconds,
    layout: `${replicas} × TP ${tensorParallel}, ${best.point.batch} at once`,
    bound: boundOf(best.serving, best.point),
  };
}

/** The largest share of the time between two tokens; weights and arithmetic are told apart by which alone takes longer. */
function boundOf(serving: Serving, point: OperatingPoint): string {
  const { matmul, cache, collective, overhead, host } = point.decode;
  const { device, weightBytesPerAccelerator, parameters, tensorParallel } = serving;
  const rate = device.rates[serving.computePrecision]?.achievableFlopPerSecond ?? 0;
  const arithmetic = (2 * parameters.active * point.batch) / (tensorParallel * rate);
  const reading = weightBytesPerAccelerator / device.memoryBytesPerSecond;
  const shares: readonly (readonly [number, string])[] = [
    [matmul, arithmetic > reading ? 'arithmetic' : 'memory bandwidth: reading weights'],
    [cache, 'memory bandwidth: reading the key–value cache'],
    [collective, 'exchange between processors'],
    [overhead, 'launching and scheduling'],
    [host, 'reading out of host memory'],
    [point.prefillShare, 'arithmetic of the prompts'],
  ];
  return shares.reduce((most, share) => (share[0] > most[0] ? share : most))[1];
}
