import type { Catalogue } from '../catalogue/types';
import { findTaskModel, taskWords } from '../tasks/task-context';
import type { DemandProblem, TaskDemand } from './demand';

const words = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What makes a demand for images, vectors or transcripts impossible before any machine is looked at; null where nothing does. */
export function taskProblem(demand: TaskDemand, catalogue: Catalogue): DemandProblem | null {
  const { task, modelId, peakToMean, textTokens } = demand;
  const model = findTaskModel(catalogue, task, modelId);
  const { requests } = taskWords[task];
  if (model === null) {
    return {
      code: 'demand.model',
      title: `The catalogue has no model '${modelId}' for ${requests}`,
      advice: 'Choose a model of the catalogue.',
    };
  }
  const notPositive = positiveFields(demand).find(([, value]) => !(value > 0 && value < Infinity));
  if (notPositive !== undefined) {
    return {
      code: 'demand.zero',
      title: `${notPositive[0]} must be a number above 0`,
      advice: 'Enter how much is asked for; a service without requests needs no cluster.',
    };
  }
  if (!(peakToMean >= 1 && peakToMean < Infinity)) {
    return {
      code: 'demand.peak',
      title: 'The peak must be at least the mean',
      advice: 'Enter the load of the busiest moment over the mean of the day: 1 or more.',
    };
  }
  if (model.task !== 'embedding' || textTokens === null) return null;
  const longest = model.row.encoder.contextLength;
  if (textTokens <= longest) return null;
  return {
    code: 'demand.context',
    title: `${words.format(textTokens)} tokens are longer than ${model.row.name} reads, ${words.format(longest)}`,
    advice: 'Cut texts into shorter pieces, or choose a model that reads more.',
  };
}

function positiveFields(demand: TaskDemand): (readonly [string, number])[] {
  const { requests } = taskWords[demand.task];
  const optional = [
    ['Steps of an image', demand.imageSteps],
    ['The edge of an image', demand.imageEdge],
    ['The length of a video', demand.videoSeconds ?? null],
    ['The lines of a frame', demand.videoLines ?? null],
    ['Steps of a video', demand.videoSteps ?? null],
    ['Tokens of a text', demand.textTokens],
    ['The length of a recording', demand.audioSeconds],
  ] as const;
  return [
    [`${requests.charAt(0).toUpperCase()}${requests.slice(1)} per day`, demand.requestsPerDay],
    ['The target of the time to answer', demand.targetSeconds],
    ...optional.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  ];
}
