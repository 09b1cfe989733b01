import type { ContextExchange, PipelineSchedule } from '../plan';
import { canRunDualPipe } from '../training/schedule-limits';
import type { LayoutQuestion } from './layout-question';
import type { LayoutConstraints } from './layout-space';

/** A pipeline schedule by name: one forward, one backward (interleaved where a stage has several chunks) is the plain one. */
export type ScheduleChoice = '1f1b' | PipelineSchedule;

const plainAlone: readonly ScheduleChoice[] = ['1f1b'];
const allSchedules: readonly ScheduleChoice[] = ['1f1b', 'zero-bubble', 'dualpipe'];
const usualExchange: readonly ContextExchange[] = ['all-gather'];
const exchanges: readonly ContextExchange[] = ['all-gather', 'ring', 'ulysses'];

/** Schedules that a pipeline can run; without stages there is nothing to schedule. */
export function scheduleChoices(
  constraints: LayoutConstraints,
  stages: number,
  microBatches: number,
): readonly ScheduleChoice[] {
  if (stages === 1) return plainAlone;
  return (constraints.schedule ?? allSchedules).filter(
    (schedule) => schedule !== 'dualpipe' || canRunDualPipe(stages, microBatches),
  );
}

/** Ways in which context-parallel ranks can exchange keys and values; Ulysses divides the heads of a tensor rank. */
export function exchangeChoices(
  { architecture }: LayoutQuestion,
  constraints: LayoutConstraints,
  tensorParallel: number,
  contextParallel: number,
): readonly ContextExchange[] {
  if (contextParallel === 1) return usualExchange;
  return (constraints.contextExchange ?? exchanges).filter(
    (exchange) =>
      exchange !== 'ulysses' || (architecture.heads / tensorParallel) % contextParallel === 0,
  );
}
