import type {
  SizedCluster,
  SizedLayout,
  SizedPart,
  SizedService,
  SizedTask,
} from '@engine/sizing/demand';
import { degreesText } from '@engine/inference/workload-layout';
import { taskWords } from '@engine/tasks/task-context';
import { noBreakSpace } from '@shared/format/number';
import { formatValue } from '@shared/format/value';

function serviceText(service: SizedService): string {
  const { replicas, weightPrecision } = service;
  const count = `${formatValue(replicas, '')} ${replicas === 1 ? 'replica' : 'replicas'}`;
  return `${count}, ${degreesText(service)}, ${weightPrecision.toUpperCase()}`;
}

function taskText({ task, accelerators, batch, precision }: SizedTask): string {
  const { request, requests } = taskWords[task];
  const copies = `${formatValue(accelerators, '')} ${accelerators === 1 ? 'copy' : 'copies'}`;
  const together = batch === 1 ? `1 ${request}` : `${formatValue(batch, '')} ${requests}`;
  return `${copies}, ${together} at a time, ${precision.toUpperCase()}`;
}

function partText(part: SizedPart): string {
  return part.kind === 'task' ? taskText(part) : serviceText(part);
}

/** The layout of a cluster, or of each of the equal ones that the demand is split over. */
export function clusterText({ solution, fabrics }: SizedCluster): string {
  const layout = layoutText(solution);
  return fabrics === undefined ? layout : `${formatValue(fabrics, '')} clusters, each ${layout}`;
}

/** As text that is read in a narrow column: a number stays on the line of its name. */
export function withNumbersKept(text: string): string {
  return text.replaceAll(/ (?=\d)|(?<=\d) (?=[a-z])/g, noBreakSpace);
}

/** How a demand is laid out: "5 replicas, TP 8, FP8", "TP 8 × DP 4" or "12 copies, 8 images at a time, FP8". */
function layoutText(solution: SizedLayout): string {
  if (solution.kind === 'services') return solution.services.map(partText).join('; ');
  if (solution.kind !== 'training') return partText(solution);
  const { layout, dataParallel } = solution;
  const degrees = [
    ['TP', layout.tensorParallel],
    ['PP', layout.pipelineParallel],
    ['CP', layout.contextParallel],
    ['EP', layout.expertParallel],
    ['DP', dataParallel],
  ] as const;
  return degrees
    .filter(([name, degree]) => degree > 1 || name === 'DP')
    .map(([name, degree]) => `${name} ${degree}`)
    .join(' × ');
}

/** What the cluster reaches, and in small print what else there is to say about it. */
export function resultText(solution: SizedLayout): readonly [string, string] {
  switch (solution.kind) {
    case 'training':
      return [
        formatValue(solution.days, 'days'),
        `${formatValue(solution.stepSeconds, 's')} per step`,
      ];
    case 'inference':
      return [
        `${formatValue(solution.timePerOutputTokenMs, 'ms')} per token`,
        `first after ${formatValue(solution.timeToFirstTokenMs, 'ms')}`,
      ];
    case 'task':
      return [
        `within ${formatValue(solution.slowestSeconds, 's')}`,
        `99 of 100 ${taskWords[solution.task].requests}`,
      ];
    case 'services': {
      const results = solution.services.map(resultText);
      return [
        results.map(([result]) => result).join('; '),
        results.map(([, detail]) => detail).join('; '),
      ];
    }
  }
}
