import type { Accelerator, Assumptions, Model, Precision, System } from '../catalogue/types';
import { describeDevice, type Device } from '../hardware/device';
import { servingConstantsOn } from '../inference/device-constants';
import { allowedTensorParallel } from '../inference/findings';
import { prepareServing, type ServingConstants } from '../inference/serving';
import type { InferenceDemand, SizedService } from './demand';
import { TimedReplica } from './timed-replica';

/** How a replica is spread over its accelerators. */
export type ReplicaDegrees = Pick<
  SizedService,
  'tensorParallel' | 'pipelineParallel' | 'attentionDataParallel'
>;

/** One way to lay a replica out on a system. */
export interface ReplicaOption {
  readonly layout: ReplicaDegrees;
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

/** Scale-up domains that a replica is spread over at most, where one domain is not enough or attention runs in groups. */
const domainsTried = [2, 4] as const;

/**
 * Degrees that are worth a try: every tensor-parallel degree of the scale-up domain; for models with experts and a latent cache,
 * which tensor parallelism copies instead of cutting, also attention in as many groups as accelerators, up to some domains;
 * for models that do not fit into one domain, stages of whole domains.
 */
function degreesFor(model: Model, domain: number, fitsInDomain: boolean): ReplicaDegrees[] {
  const { heads, latentAttention, mixtureOfExperts } = model.architecture;
  const plain = allowedTensorParallel(heads, domain).map((tensorParallel) => ({ tensorParallel }));
  const widest = plain.at(-1)?.tensorParallel ?? 1;
  const experts = mixtureOfExperts?.experts ?? 0;
  const inGroups =
    latentAttention === null || experts === 0
      ? []
      : [widest, ...domainsTried.map((domains) => domains * widest)]
          .filter((degree) => degree > 1 && degree <= experts)
          .map((degree) => ({ tensorParallel: degree, attentionDataParallel: degree }));
  const inStages = fitsInDomain
    ? []
    : domainsTried.map((stages) => ({ tensorParallel: widest, pipelineParallel: stages }));
  return [...plain, ...inGroups, ...inStages];
}

/** Constants of today's engines on a part. */
export type ConstantsOf = (device: Device) => ServingConstants;

/** Reads the constants of each line and memory once: many systems have the same parts. */
export function constantsByPart(assumptions: Assumptions): ConstantsOf {
  const read = new Map<string, ServingConstants>();
  return (device) => {
    const part = `${device.family} ${device.unit} ${device.memoryBytes}`;
    const known = read.get(part) ?? servingConstantsOn(device, 'current', assumptions);
    read.set(part, known);
    return known;
  };
}

/** Replicas of a model in one precision, in every layout worth a try; none where the part has no arithmetic for it. */
export function replicaOptions(
  { system, accelerator }: Candidate,
  model: Model,
  demand: Pick<InferenceDemand, 'inputTokens' | 'outputTokens'>,
  weightPrecision: Precision,
  assumptions: Assumptions,
  constantsOf: ConstantsOf = constantsByPart(assumptions),
): ReplicaOption[] {
  const device = describeDevice(accelerator, system, assumptions);
  if (device.rates[weightPrecision] === undefined) return [];
  const constants = constantsOf(device);
  const keyValuePrecision = accelerator.peakDense.fp8 === undefined ? 'bf16' : 'fp8';
  const shape = { inputTokens: demand.inputTokens, outputTokens: demand.outputTokens };
  const replicaOf = (layout: ReplicaDegrees): ReplicaOption => {
    const setup = {
      device,
      architecture: model.architecture,
      weightPrecision,
      keyValuePrecision,
      tensorParallel: layout.tensorParallel,
      pipelineParallel: layout.pipelineParallel ?? 1,
      attentionGroups: layout.attentionDataParallel ?? 1,
    } as const;
    const replica = new TimedReplica(prepareServing(setup, constants), shape);
    return { layout, weightPrecision, keyValuePrecision, replica };
  };
  const { domain } = device.scaleUp;
  const [widest] = degreesFor(model, domain, true)
    .filter(({ attentionDataParallel }) => attentionDataParallel === undefined)
    .slice(-1)
    .map(replicaOf);
  return degreesFor(model, domain, widest !== undefined && widest.replica.largest >= 1).map(
    replicaOf,
  );
}
