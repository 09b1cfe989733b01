import { evaluate } from '@engine/evaluate';
import type { Plan } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { acceleratorsPerNode, firstTrainingChoice } from '../training/training-choice';
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

export const firstThousandsChoice: ThousandsChoice = {
  nodes: 2_048,
  gigabitsPerSecond: 400,
  recoveryMinutes: 10,
};

const plans = new Map<number, Plan>();

/** Llama 3.1 405B on so many nodes: its layout does not depend on the network, so it is searched once. */
function planFor(nodes: number): Plan {
  const known = plans.get(nodes);
  if (known !== undefined) return known;
  const plan = trainingPlan({ ...firstTrainingChoice, nodes });
  plans.set(nodes, plan);
  return plan;
}

/** The choice as a plan: the network of every GPU is the reader's. */
export function thousandsPlan({ nodes, gigabitsPerSecond }: ThousandsChoice): Plan {
  const plan = planFor(nodes);
  return {
    ...plan,
    clusters: plan.clusters.map((cluster) => ({
      ...cluster,
      scaleOutGbpsPerAccelerator: { value: gigabitsPerSecond, origin: 'yours' },
    })),
  };
}

/** The engine's prediction; null where the run does not fit. */
export function thousandsRun(choice: ThousandsChoice): TrainingReport | null {
  const [training] = evaluate(thousandsPlan(choice), bundledCatalogue).workloads;
  return training?.kind === 'training' && training.isFeasible ? training : null;
}

export interface NetworkPoint {
  readonly gigabitsPerSecond: number;
  readonly utilisation: number;
  readonly days: number;
}

/** How much of the arithmetic a run keeps on each network. */
export function networkCurve(choice: ThousandsChoice): readonly NetworkPoint[] {
  return networkSteps.flatMap((gigabitsPerSecond) => {
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
