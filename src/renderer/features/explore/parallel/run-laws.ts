import { runSerialShare, type RunSerialShare } from '@engine/parallel/serial-share';
import { amdahlSpeedUp, gustafsonSpeedUp } from '@engine/parallel/speed-up-laws';
import { evaluateWorkloads } from '@engine/evaluate-workloads';
import type { Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import type { PlotPoint, PlotSeries } from '../../../report/chart/plot';

/** A training run with its serial share. */
export interface RunLaws {
  readonly name: string;
  readonly share: RunSerialShare;
}

/** The first training run of a plan that has a step time; null where it has none. */
export function runLaws(plan: Plan): RunLaws | null {
  for (const report of evaluateWorkloads(plan, bundledCatalogue)) {
    if (report.kind !== 'training') continue;
    const workload = plan.workloads.find(({ id }) => id === report.workloadId);
    const cluster = plan.clusters.find(({ id }) => id === workload?.clusterId);
    const system = bundledCatalogue.systems.get(cluster?.systemId ?? '');
    const perNode = system?.acceleratorsPerNode.value ?? Number.NaN;
    const share = runSerialShare(report, (cluster?.nodes.value ?? Number.NaN) * perNode);
    const model = bundledCatalogue.models.get(workload?.modelId ?? '');
    if (share !== null) return { name: model?.name ?? workload?.name ?? 'The run', share };
  }
  return null;
}

/** 1 to 65,536 accelerators, and the run's own number. */
export function lawCounts(own: number): readonly number[] {
  const doubled = Array.from({ length: 17 }, (_, step) => 2 ** step);
  return [...new Set([...doubled, own])].sort((one, other) => one - other);
}

/** Both laws and the ideal; the engine's own curve, where it is known, meets the laws at the run's own number. */
export function lawSeries(
  { share }: RunLaws,
  days: readonly { readonly accelerators: number; readonly days: number }[],
): readonly PlotSeries[] {
  const counts = lawCounts(share.accelerators);
  const [many, one] = [share.ofMany.value ?? 0, share.ofOne.value ?? 0];
  const line = (gain: (count: number) => number): PlotPoint[] =>
    counts.map((count) => ({ x: count, y: gain(count) }));
  const own = days.find(({ accelerators }) => accelerators === share.accelerators);
  const scale = (share.speedUp.value ?? Number.NaN) * (own?.days ?? Number.NaN);
  const engine = days.map((point) => ({ x: point.accelerators, y: scale / point.days }));
  return [
    { name: 'Gustafson', colour: 3, points: line((count) => gustafsonSpeedUp(many, count)) },
    { name: 'Amdahl', colour: 1, points: line((count) => amdahlSpeedUp(one, count)) },
    ...(own === undefined ? [] : [{ name: 'Engine', colour: 2, points: engine, hasDots: true }]),
    { name: 'Ideal', colour: 4, isDashed: true, points: line((count) => count) },
  ];
}
