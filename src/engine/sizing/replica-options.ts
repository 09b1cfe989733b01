import type { Accelerator, Assumptions, Model, Precision, System } from '../catalogue/types';
import { describeDevice } from '../hardware/device';
import { allowedTensorParallel } from '../inference/findings';
import { prepareServing, readServingConstants } from '../inference/serving';
import type { InferenceDemand } from './demand';
import { TimedReplica } from './timed-replica';

/** One way to lay a replica out on a system. */
export interface ReplicaOption {
  readonly tensorParallel: number;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly replica: TimedReplica;
}

/** What sizing needs of the machine. */
export interface Candidate {
  readonly system: System;
  readonly accelerator: Accelerator;
}

/** Width that a practitioner would choose: 8 bits where the part computes in them, else 16. */
export function usualPrecision(accelerator: Accelerator): Precision {
  if (accelerator.peakDense.fp8 !== undefined) return 'fp8';
  return accelerator.peakDense.bf16 === undefined ? 'fp16' : 'bf16';
}

/** Replicas of a model in one precision, over every tensor-parallel degree of the scale-up domain; none where it has no arithmetic for it. */
export function replicaOptions(
  { system, accelerator }: Candidate,
  model: Model,
  demand: Pick<InferenceDemand, 'inputTokens' | 'outputTokens'>,
  weightPrecision: Precision,
  assumptions: Assumptions,
): ReplicaOption[] {
  const device = describeDevice(accelerator, system, assumptions);
  if (device.rates[weightPrecision] === undefined) return [];
  const constants = readServingConstants(assumptions, 'current', device.family);
  const keyValuePrecision = accelerator.peakDense.fp8 === undefined ? 'bf16' : 'fp8';
  const shape = { inputTokens: demand.inputTokens, outputTokens: demand.outputTokens };
  return allowedTensorParallel(model.architecture.heads, device.scaleUp.domain).map(
    (tensorParallel) => {
      const setup = {
        device,
        architecture: model.architecture,
        weightPrecision,
        keyValuePrecision,
        tensorParallel,
        pipelineParallel: 1,
      } as const;
      const replica = new TimedReplica(prepareServing(setup, constants), shape);
      return { tensorParallel, weightPrecision, keyValuePrecision, replica };
    },
  );
}
