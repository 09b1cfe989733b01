import type { Recompute, TrainingLayout, Workload, ZeroStage } from '@engine/plan';
import type { Precision } from '@engine/catalogue/types';
import { degreeLabel, isInferenceDegree } from '../degree-fields';
import { findPart, partName, withPart, type Part } from '../subject';
import { defineCommand } from './command';
import { withoutEmpty } from './layout-extras';

function isDegree(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1e9;
}

/** The workload with one whole-number field exchanged; the same object when the field is unknown or unchanged. */
function withDegree(workload: Workload, path: string, value: number): Workload {
  if (degreeLabel(path) === null || !isDegree(value)) return workload;
  if (workload.kind === 'inference' && isInferenceDegree(path)) {
    return (workload[path] ?? 1) === value ? workload : { ...workload, [path]: value };
  }
  if (workload.kind !== 'training' || !path.startsWith('layout.')) return workload;
  const key = path.slice('layout.'.length);
  if (Object.getOwnPropertyDescriptor(workload.layout, key)?.value === value) return workload;
  return { ...workload, layout: { ...workload.layout, [key]: value } };
}

/** Sets a degree of parallelism or the micro-batch. */
export const setDegree = defineCommand<{
  readonly partId: string;
  readonly path: string;
  readonly value: number;
}>({
  label: (plan, { partId, path, value }) =>
    `Set ${(degreeLabel(path) ?? 'layout').toLowerCase()} of ${partName(plan, partId)} to ${value}`,
  mergeKey: ({ partId, path }) => `${partId}.${path}`,
  apply(plan, { partId, path, value }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'training' && found?.kind !== 'inference') return plan;
    const changed = withDegree(found.part, path, value);
    return changed === found.part ? plan : withPart(plan, { ...found, part: changed } as Part);
  },
});

export const setRecompute = defineCommand<{
  readonly partId: string;
  readonly recompute: Recompute;
}>({
  label: (_plan, { recompute }) => `Set recompute to ${recompute}`,
  apply(plan, { partId, recompute }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'training' || found.part.layout.recompute === recompute) return plan;
    return withPart(plan, {
      kind: 'training',
      part: { ...found.part, layout: { ...found.part.layout, recompute } },
    });
  },
});

export const setZeroStage = defineCommand<{
  readonly partId: string;
  readonly zeroStage: ZeroStage;
}>({
  label: (_plan, { zeroStage }) => `Set optimizer sharding to ZeRO ${zeroStage}`,
  apply(plan, { partId, zeroStage }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'training' || found.part.layout.zeroStage === zeroStage) return plan;
    return withPart(plan, {
      kind: 'training',
      part: { ...found.part, layout: { ...found.part.layout, zeroStage } },
    });
  },
});

/** Takes over a whole layout, such as one that a search found. */
export const applyLayout = defineCommand<{
  readonly partId: string;
  readonly layout: TrainingLayout;
}>({
  label: (plan, { partId, layout }) =>
    `Apply TP ${layout.tensorParallel}, PP ${layout.pipelineParallel} and micro-batch ${layout.microBatch} to ${partName(plan, partId)}`,
  apply(plan, { partId, layout }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'training') return plan;
    const current = found.part.layout;
    const merged = withoutEmpty({ ...current, ...layout });
    const isSame = JSON.stringify(merged) === JSON.stringify(current);
    if (isSame) return plan;
    return withPart(plan, { kind: 'training', part: { ...found.part, layout: merged } });
  },
});

export type PrecisionKey = 'precision' | 'weightPrecision' | 'keyValuePrecision';

/** Sets the number format of a training job, or of the weights or the key–value cache of a service. */
export const setPrecision = defineCommand<{
  readonly partId: string;
  readonly key: PrecisionKey;
  readonly precision: Precision;
}>({
  label: (plan, { partId, precision }) =>
    `Set precision of ${partName(plan, partId)} to ${precision.toUpperCase()}`,
  apply(plan, { partId, key, precision }) {
    const found = findPart(plan, partId);
    if ((found?.kind === 'training' || found?.kind === 'task') && key === 'precision') {
      if (found.part.precision === precision) return plan;
      return withPart(plan, { ...found, part: { ...found.part, precision } } as Part);
    }
    if (found?.kind !== 'inference' || key === 'precision') return plan;
    if (found.part[key] === precision) return plan;
    return withPart(plan, { kind: 'inference', part: { ...found.part, [key]: precision } });
  },
});
