import type { Plan } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { createChoice } from '../choice';
import type { ChoiceRange } from '../choice-range';
import { acceleratorsPerNode, firstTrainingChoice } from '../training/training-choice';
import { trainingOf, type TrainingQuestion } from '../training/training-answer';
import { trainingPlan } from '../training/training-run';

/** What the reader moves: how many GPUs, how fast the network of each, how long a failure stops all. */
export interface ThousandsChoice {
  readonly nodes: number;
  readonly gigabitsPerSecond: number;
  readonly recoveryMinutes: number;
}

/** 512 to 65,536 GPUs. */
export const clusterSteps: readonly number[] = [64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192];
export const networkSteps: readonly number[] = [1, 10, 25, 50, 100, 200, 400, 800];
export const recoverySteps: readonly number[] = [1, 2, 5, 10, 20, 30, 60, 120];

export const networkRange: ChoiceRange = {
  label: 'Network of each GPU',
  steps: networkSteps,
  unit: 'gigabitsPerSecond',
  text: (value, locale) => formatValue(value, 'Gb/s', locale),
};

export const clusterRange: ChoiceRange = {
  label: 'GPUs in the run',
  steps: clusterSteps,
  unit: 'count',
  text: (nodes, locale) => formatValue(nodes * acceleratorsPerNode, '', locale),
  shownPerValue: acceleratorsPerNode,
  isWhole: true,
};

export const recoveryRange: ChoiceRange = {
  label: 'From failure to training again',
  steps: recoverySteps,
  unit: 'seconds',
  text: (minutes, locale) => formatValue(minutes * 60, 's', locale),
  shownPerValue: 60,
};

export const firstThousandsChoice: ThousandsChoice = {
  nodes: 2_048,
  gigabitsPerSecond: 400,
  recoveryMinutes: 10,
};

export const thousandsChoice = createChoice(firstThousandsChoice);

/** What has to be searched before the chapter can draw: the layout of Llama 3.1 405B on so many nodes. */
export function layoutQuestion(nodes: number): TrainingQuestion {
  const { modelId, batchTokens } = firstTrainingChoice;
  return { modelId, batchTokens, nodes };
}

/** The choice as a plan: the network of every GPU is the reader's; the layout is that for the usual one. */
export function thousandsPlan({ nodes, gigabitsPerSecond }: ThousandsChoice): Plan {
  const plan = trainingPlan({ ...firstTrainingChoice, nodes });
  return {
    ...plan,
    clusters: plan.clusters.map((cluster) => ({
      ...cluster,
      scaleOutGbpsPerAccelerator: { value: gigabitsPerSecond, origin: 'yours' },
    })),
  };
}

const runs = new Map<string, TrainingReport | null>();

/** The engine's prediction; null where the run does not fit. Neither depends on how long a failure takes. */
export function thousandsRun(choice: ThousandsChoice): TrainingReport | null {
  const key = `${choice.nodes} ${choice.gigabitsPerSecond}`;
  const known = runs.get(key);
  if (known !== undefined) return known;
  const training = trainingOf(thousandsPlan(choice));
  const run = training?.isFeasible === true ? training : null;
  runs.set(key, run);
  return run;
}

export interface NetworkPoint {
  readonly gigabitsPerSecond: number;
  readonly utilisation: number;
  readonly days: number;
}

/** How much of the arithmetic a run keeps on each network, the reader's own among them. */
export function networkCurve(choice: ThousandsChoice): readonly NetworkPoint[] {
  const speeds = [...new Set([...networkSteps, choice.gigabitsPerSecond])];
  return speeds
    .toSorted((one, other) => one - other)
    .flatMap((gigabitsPerSecond) => {
      const run = thousandsRun({ ...choice, gigabitsPerSecond });
      const [utilisation, days] = [run?.modelFlopsUtilisation.value, run?.days.value];
      return typeof utilisation === 'number' && typeof days === 'number'
        ? [{ gigabitsPerSecond, utilisation, days }]
        : [];
    });
}

/** The message: what the chosen network leaves of the arithmetic, beside the one the nodes are sold with. */
export function networkTitle(
  points: readonly NetworkPoint[],
  choice: ThousandsChoice,
  locale: string,
): string {
  const gpus = formatValue(choice.nodes * acceleratorsPerNode, '', locale);
  const find = (speed: number) => points.find((point) => point.gigabitsPerSecond === speed);
  const [own, usual] = [
    find(choice.gigabitsPerSecond),
    find(firstThousandsChoice.gigabitsPerSecond),
  ];
  if (own === undefined || usual === undefined) return `The run does not fit on ${gpus} H100`;
  const share = (point: NetworkPoint) => formatValue(point.utilisation, 'fraction', locale);
  const start = `With ${choice.gigabitsPerSecond} Gb/s each, ${gpus} H100 turn ${share(own)} of their arithmetic into training`;
  return own === usual ? start : `${start}; with ${usual.gigabitsPerSecond} Gb/s ${share(usual)}`;
}
