import type { SizedLayout, SizedService } from '@engine/sizing/demand';
import { degreesText } from '@engine/inference/workload-layout';
import { formatValue } from '@shared/format/value';

function serviceText(service: SizedService): string {
  const { replicas, weightPrecision } = service;
  const count = `${formatValue(replicas, '')} ${replicas === 1 ? 'replica' : 'replicas'}`;
  return `${count}, ${degreesText(service)}, ${weightPrecision.toUpperCase()}`;
}

/** How a demand is laid out: "5 replicas, TP 8, FP8" or "TP 8 × DP 4". */
export function layoutText(solution: SizedLayout): string {
  if (solution.kind === 'services') return solution.services.map(serviceText).join('; ');
  if (solution.kind === 'inference') return serviceText(solution);
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
  if (solution.kind === 'training') {
    return [
      formatValue(solution.days, 'days'),
      `${formatValue(solution.stepSeconds, 's')} per step`,
    ];
  }
  const services = solution.kind === 'services' ? solution.services : [solution];
  const slowest = services.reduce((most, one) =>
    one.timePerOutputTokenMs > most.timePerOutputTokenMs ? one : most,
  );
  return [
    `${formatValue(slowest.timePerOutputTokenMs, 'ms')} per token`,
    `first after ${formatValue(slowest.timeToFirstTokenMs, 'ms')}`,
  ];
}
