import type { ProcessorAnswer } from '@engine/processors/compare-processors';
import { formatValue } from '@shared/format/value';

/** How much of the work a machine has done when the one that sets the pace is done, 0–1; null where it cannot do it. */
export function doneWhen(answer: ProcessorAnswer, pace: ProcessorAnswer): number | null {
  const [own, other] = [answer.seconds.value, pace.seconds.value];
  return own === null || other === null ? null : Math.min(1, other / own);
}

/** The message of the race: how far one core comes in the time of the machine that sets the pace. */
export function raceTitle(
  core: ProcessorAnswer | undefined,
  pace: ProcessorAnswer | undefined,
  locale: string,
): string {
  const share = core && pace ? doneWhen(core, pace) : null;
  if (!core || !pace || share === null || pace.seconds.value === null) {
    return pace?.seconds.unavailable ?? 'Nothing to compare';
  }
  const time = formatValue(pace.seconds.value, 's', locale);
  return `In the ${time} that ${pace.name} takes, ${core.name} does ${formatValue(share, 'fraction', locale)} of the work`;
}

/** Why, in the numbers of one CPU and one GPU. */
export function reasonText(cpu: ProcessorAnswer, gpu: ProcessorAnswer, locale: string): string {
  const times = (of: 'lanes' | 'matrixTflops' | 'memoryBandwidthTbps'): string =>
    formatValue((gpu[of].value ?? Number.NaN) / (cpu[of].value ?? Number.NaN), '1', locale);
  const bound = gpu.bound === null ? '' : ` Most of the GPU’s time goes into ${gpu.bound}.`;
  return `Beside ${cpu.name}, ${gpu.name} does ${times('lanes')} times as many multiply–adds side by side, has ${times('matrixTflops')} times the arithmetic peak and reads its memory ${times('memoryBandwidthTbps')} times as fast.${bound}`;
}
