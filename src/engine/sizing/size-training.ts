import type { Accelerator, Assumptions, Model, System } from '../catalogue/types';
import { describeDevice } from '../hardware/device';
import { forwardFlopPerToken } from '../model/flop';
import { countParameters } from '../model/parameters';
import { readTrainingConstants } from '../training/constants';
import { usualGoodput } from '../training/goodput';
import { SECONDS_PER_DAY } from '../units';
import { chooseLayout } from '../search/choose-layout';
import type { SystemAnswer, TrainingDemand } from './demand';

/** Round numbers of nodes, ascending: powers of two and one and a half times them. */
function roundNodeCounts(from: number, upTo: number): number[] {
  const counts: number[] = [];
  for (let power = 1; power <= upTo; power *= 2) {
    for (const count of [power, power * 1.5]) {
      if (Number.isInteger(count) && count >= from && count <= upTo) counts.push(count);
    }
  }
  return counts;
}

/** Above this multiple of what the arithmetic alone would need, more nodes no longer help. */
const mostOverArithmetic = 16;

/**
 * The fewest nodes of one system, in round numbers, that train the model before the deadline, with the fastest layout
 * that fits into memory.
 */
export function sizeTraining(
  demand: TrainingDemand,
  system: System,
  accelerator: Accelerator,
  model: Model,
  assumptions: Assumptions,
): SystemAnswer {
  const device = describeDevice(accelerator, system, assumptions);
  const constants = readTrainingConstants(assumptions);
  const parameters = countParameters(model.architecture);
  const rate = device.rates[demand.precision];
  if (rate === undefined) {
    return { isMet: false, reason: `No arithmetic for ${demand.precision.toUpperCase()}.` };
  }
  const perNode = system.acceleratorsPerNode.value;
  const trainingFlop =
    3 * demand.tokens * forwardFlopPerToken(model.architecture, demand.sequenceLength / 2);
  const seconds = demand.deadlineDays * SECONDS_PER_DAY;
  const least = trainingFlop / (rate.achievableFlopPerSecond * seconds * perNode);
  const steps = demand.tokens / (demand.globalBatchSequences * demand.sequenceLength);
  let leastDays = Number.POSITIVE_INFINITY;
  const upTo = Math.max(8, least * mostOverArithmetic);
  for (const nodes of roundNodeCounts(least, upTo)) {
    const chosen = chooseLayout(
      {
        architecture: model.architecture,
        parameters,
        precision: demand.precision,
        sequenceLength: demand.sequenceLength,
        globalBatch: demand.globalBatchSequences,
        accelerators: nodes * perNode,
      },
      device,
      constants,
    );
    if (chosen === null) continue;
    const { layout, dataParallel, stepSeconds } = chosen;
    const useful = usualGoodput(assumptions, parameters.total, nodes * perNode);
    const days = (stepSeconds * steps) / useful / SECONDS_PER_DAY;
    if (days <= demand.deadlineDays) {
      return {
        isMet: true,
        nodes,
        solution: { kind: 'training', layout, dataParallel, stepSeconds, days },
      };
    }
    if (days < leastDays) leastDays = days;
  }
  return { isMet: false, reason: refusal(leastDays, demand, upTo) };
}

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

function refusal(leastDays: number, demand: TrainingDemand, upTo: number): string {
  const tried = `with up to ${words.format(Math.floor(upTo))} nodes`;
  if (leastDays === Number.POSITIVE_INFINITY) {
    return `No layout fits into memory and divides the batch of ${words.format(demand.globalBatchSequences)} sequences ${tried}.`;
  }
  return `The fastest run takes ${words.format(leastDays)} days ${tried}; the deadline is ${words.format(demand.deadlineDays)} days.`;
}
