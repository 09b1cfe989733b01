import type { Accelerator, Assumptions, Model, Precision, System } from '../catalogue/types';
import { describeDevice } from '../hardware/device';
import { allowedTensorParallel } from '../inference/findings';
import { evaluateService, type Service } from '../inference/service';
import { prepareServing, readServingConstants } from '../inference/serving';
import type { InferenceDemand, SystemAnswer } from './demand';

/** Widths that a practitioner would choose: 8 bits where the part computes in them, else 16. */
function usualPrecision(accelerator: Accelerator): Precision {
  if (accelerator.peakDense.fp8 !== undefined) return 'fp8';
  return accelerator.peakDense.bf16 === undefined ? 'fp16' : 'bf16';
}

/**
 * The fewest nodes of one system that serve the demand, over every tensor-parallel degree of its scale-up domain; of two
 * degrees with the same number of nodes, the one with the shorter time per output token.
 */
export function sizeInference(
  demand: InferenceDemand,
  system: System,
  accelerator: Accelerator,
  model: Model,
  assumptions: Assumptions,
): SystemAnswer {
  const device = describeDevice(accelerator, system, assumptions);
  const constants = readServingConstants(assumptions, 'current', device.family);
  const weightPrecision = demand.weightPrecision ?? usualPrecision(accelerator);
  const keyValuePrecision = accelerator.peakDense.fp8 === undefined ? 'bf16' : 'fp8';
  if (device.rates[weightPrecision] === undefined) {
    return { isMet: false, reason: `No arithmetic for ${weightPrecision.toUpperCase()} weights.` };
  }
  let best: Extract<SystemAnswer, { isMet: true }> | null = null;
  let closest: Service | null = null;
  for (const tensorParallel of allowedTensorParallel(
    model.architecture.heads,
    device.scaleUp.domain,
  )) {
    const serving = prepareServing(
      {
        device,
        architecture: model.architecture,
        weightPrecision,
        keyValuePrecision,
        tensorParallel,
        pipelineParallel: 1,
      },
      constants,
    );
    const service = evaluateService(serving, {
      shape: { inputTokens: demand.inputTokens, outputTokens: demand.outputTokens },
      targets: {
        timeToFirstTokenSeconds: demand.timeToFirstTokenTargetMs / 1e3,
        timePerOutputTokenSeconds: demand.timePerOutputTokenTargetMs / 1e3,
      },
      peakRequestsPerSecond: (demand.concurrentUsers * demand.requestsPerUserHour) / 3600,
      acceleratorsAvailable: tensorParallel,
    });
    if (service.point === null || service.replicasNeeded === null) {
      if (closest === null || closest.maximumBatch < 1 || isFaster(service, closest)) {
        closest = service;
      }
      continue;
    }
    const replicas = Math.max(1, service.replicasNeeded);
    const nodes = Math.ceil((replicas * tensorParallel) / system.acceleratorsPerNode.value);
    const timePerOutputTokenMs = service.point.timePerOutputToken * 1e3;
    const isBetter =
      best === null ||
      nodes < best.nodes ||
      (nodes === best.nodes &&
        best.solution.kind === 'inference' &&
        timePerOutputTokenMs < best.solution.timePerOutputTokenMs);
    if (!isBetter) continue;
    best = {
      isMet: true,
      nodes,
      solution: {
        kind: 'inference',
        tensorParallel,
        replicas,
        batch: service.batch,
        weightPrecision,
        keyValuePrecision,
        timeToFirstTokenMs: service.point.timeToFirstToken * 1e3,
        timePerOutputTokenMs,
      },
    };
  }
  return best ?? { isMet: false, reason: refusal(closest, demand) };
}

function isFaster(service: Service, other: Service): boolean {
  return (
    service.maximumBatch >= 1 &&
    service.alone.timePerOutputToken + service.alone.timeToFirstToken <
      other.alone.timePerOutputToken + other.alone.timeToFirstToken
  );
}

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

function refusal(closest: Service | null, demand: InferenceDemand): string {
  if (closest === null || closest.maximumBatch < 1) {
    return 'The model does not fit into the memory of one scale-up domain.';
  }
  const first = closest.alone.timeToFirstToken * 1e3;
  return first > demand.timeToFirstTokenTargetMs
    ? `The time to first token is ${words.format(first)} ms at best; the target is ${words.format(demand.timeToFirstTokenTargetMs)} ms.`
    : `The time per output token is ${words.format(closest.alone.timePerOutputToken * 1e3)} ms at best; the target is ${words.format(demand.timePerOutputTokenTargetMs)} ms.`;
}
