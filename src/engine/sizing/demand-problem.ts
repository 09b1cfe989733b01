import type { Catalogue } from '../catalogue/types';
import type { Demand, DemandProblem, InferenceDemand, TrainingDemand } from './demand';
import { taskProblem } from './task-problem';

const words = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What makes a demand impossible before any machine is looked at; null where nothing does. */
export function demandProblem(demand: Demand, catalogue: Catalogue): DemandProblem | null {
  if (demand.kind === 'services') {
    if (demand.services.length === 0) {
      return problem('demand.empty', 'The demand names no service', 'Name at least one service.');
    }
    for (const service of demand.services) {
      const found = demandProblem(service, catalogue);
      if (found !== null) return found;
    }
    return null;
  }
  if (demand.kind === 'task') return taskProblem(demand, catalogue);
  const model = catalogue.models.get(demand.modelId);
  if (model === undefined) {
    return problem(
      'demand.model',
      `The catalogue has no model '${demand.modelId}'`,
      'Choose a model of the catalogue, or import its configuration.',
    );
  }
  const notPositive = positiveFields(demand).find(([, value]) => !(value > 0 && value < Infinity));
  if (notPositive !== undefined) {
    return problem(
      'demand.zero',
      `${notPositive[0]} must be a number above 0`,
      'Enter how much is asked for; a service without requests needs no cluster.',
    );
  }
  if (demand.kind === 'inference' && !(usersOf(demand) >= 0 && usersOf(demand) < Infinity)) {
    return problem(
      'demand.users',
      'The number of users and of their requests must not be negative',
      'Enter people at the busiest moment and the requests that each sends per hour.',
    );
  }
  const asked =
    demand.kind === 'inference' ? demand.inputTokens + demand.outputTokens : demand.sequenceLength;
  const longest = model.architecture.contextLength;
  if (asked <= longest) return null;
  return problem(
    'demand.context',
    `${words.format(asked)} tokens are longer than the context of ${model.name}, ${words.format(longest)}`,
    `Shorten prompt and answer to ${words.format(longest)} tokens together, or choose a model with a longer context.`,
  );
}

function usersOf({ concurrentUsers, requestsPerUserHour }: InferenceDemand): number {
  return Math.min(concurrentUsers, requestsPerUserHour, concurrentUsers * requestsPerUserHour);
}

function problem(code: string, title: string, advice: string): DemandProblem {
  return { code, title, advice };
}

function positiveFields(demand: InferenceDemand | TrainingDemand): [string, number][] {
  return demand.kind === 'inference'
    ? [
        ['Prompt tokens', demand.inputTokens],
        ['Output tokens', demand.outputTokens],
        ['The target of the time to first token', demand.timeToFirstTokenTargetMs],
        ['The target of the time per output token', demand.timePerOutputTokenTargetMs],
      ]
    : [
        ['Training tokens', demand.tokens],
        ['Sequence length', demand.sequenceLength],
        ['Batch', demand.globalBatchSequences],
        ['The deadline', demand.deadlineDays],
      ];
}
