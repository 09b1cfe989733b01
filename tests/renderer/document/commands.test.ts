import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import type { Finding } from '@engine/report';
import { planSchema } from '@shared/plan/schema';
import {
  moveCluster,
  setAcquisition,
  setModel,
  setSystem,
} from '../../../src/renderer/document/commands/choice';
import { applyFix } from '../../../src/renderer/document/commands/fix';
import {
  setDegree,
  setPrecision,
  setRecompute,
  setZeroStage,
} from '../../../src/renderer/document/commands/layout';
import { renamePart, renamePlan, setNotes } from '../../../src/renderer/document/commands/naming';
import {
  clearQuantity,
  resetQuantity,
  setQuantity,
} from '../../../src/renderer/document/commands/quantity';
import {
  duplicatePart,
  freeId,
  freeName,
  removePart,
} from '../../../src/renderer/document/commands/structure';
import { findPart } from '../../../src/renderer/document/subject';
import { byDefault, samplePlan } from './sample-plan';

function cluster(plan: Plan, id: string) {
  const found = findPart(plan, id);
  if (found?.kind !== 'cluster') throw new Error(`There is no cluster ${id}.`);
  return found.part;
}

function training(plan: Plan) {
  const found = findPart(plan, 'training-1');
  if (found?.kind !== 'training') throw new Error('There is no training job.');
  return found.part;
}

describe('quantities', () => {
  const args = { partId: 'cluster-1', field: 'nodes', read: { value: 2_048 } };

  it('become the user’s own, in one part and nowhere else', () => {
    const plan = setQuantity.apply(samplePlan, args);
    expect(cluster(plan, 'cluster-1').nodes).toEqual({ value: 2_048, origin: 'yours' });
    expect(plan.clusters[1]).toBe(samplePlan.clusters[1]);
    expect(plan.workloads).toBe(samplePlan.workloads);
    expect(samplePlan.clusters[0]?.nodes.value).toBe(64);
  });

  it('say what was done and merge while one field is typed into', () => {
    expect(setQuantity.label(samplePlan, args)).toBe('Set nodes of Main to 2,048 nodes');
    expect(setQuantity.mergeKey?.(args)).toBe('cluster-1.nodes');
  });

  it('may be ranges, and stay the same object when nothing changes', () => {
    const read = { value: 7, low: 5, high: 9 };
    const plan = setQuantity.apply(samplePlan, { ...args, read });
    expect(cluster(plan, 'cluster-1').nodes).toEqual({ ...read, origin: 'yours' });
    expect(setQuantity.apply(plan, { ...args, read })).toBe(plan);
  });

  it('leave the plan alone where part or field does not exist', () => {
    expect(setQuantity.apply(samplePlan, { ...args, partId: 'gone' })).toBe(samplePlan);
    expect(setQuantity.apply(samplePlan, { ...args, field: 'systemId' })).toBe(samplePlan);
  });

  it('count as measured in a field for measurements', () => {
    const measured = { partId: 'training-1', field: 'measuredStepSeconds', read: { value: 4.2 } };
    const plan = setQuantity.apply(samplePlan, measured);
    expect(training(plan).measuredStepSeconds).toEqual({ value: 4.2, origin: 'measured' });
    const { partId, field } = measured;
    expect(training(clearQuantity.apply(plan, { partId, field })).measuredStepSeconds).toBeNull();
  });

  it('cannot be emptied where the plan needs a value', () => {
    const target = { partId: 'cluster-1', field: 'nodes' };
    expect(clearQuantity.apply(samplePlan, target)).toBe(samplePlan);
    expect(resetQuantity.apply(samplePlan, { ...target, fallback: null })).toBe(samplePlan);
  });

  it('go back to the default with its note', () => {
    const changed = setQuantity.apply(samplePlan, args);
    const fallback = { value: 64, origin: 'default', note: 'From the catalogue.' } as const;
    const plan = resetQuantity.apply(changed, { partId: 'cluster-1', field: 'nodes', fallback });
    expect(cluster(plan, 'cluster-1').nodes).toEqual(fallback);
  });

  it('of the cost assumptions are set the same way', () => {
    const plan = setQuantity.apply(samplePlan, {
      partId: 'costs',
      field: 'horizonYears',
      read: { value: 5 },
    });
    expect(plan.costs.horizonYears).toEqual({ value: 5, origin: 'yours' });
  });
});

describe('layout', () => {
  const partId = 'training-1';

  it('takes degrees, recompute, sharding and precision', () => {
    const steps = [
      (plan: Plan) => setDegree.apply(plan, { partId, path: 'layout.pipelineParallel', value: 16 }),
      (plan: Plan) => setRecompute.apply(plan, { partId, recompute: 'full' }),
      (plan: Plan) => setZeroStage.apply(plan, { partId, zeroStage: 3 }),
      (plan: Plan) => setPrecision.apply(plan, { partId, key: 'precision', precision: 'fp8' }),
    ];
    const plan = steps.reduce<Plan>((result, step) => step(result), samplePlan);
    expect(training(plan)).toMatchObject({
      precision: 'fp8',
      layout: { pipelineParallel: 16, recompute: 'full', zeroStage: 3, tensorParallel: 8 },
    });
    expect(planSchema.safeParse(plan).success).toBe(true);
  });

  it('refuses what is no degree', () => {
    for (const value of [0, -1, 1.5, Number.NaN, Infinity]) {
      const args = { partId, path: 'layout.tensorParallel', value };
      expect(setDegree.apply(samplePlan, args)).toBe(samplePlan);
    }
    const unknown = { partId, path: 'layout.nothing', value: 2 };
    expect(setDegree.apply(samplePlan, unknown)).toBe(samplePlan);
  });

  it('sets the replica size of a service, not a layout that it does not have', () => {
    const service = { partId: 'inference-1', value: 8 };
    const plan = setDegree.apply(samplePlan, { ...service, path: 'tensorParallel' });
    expect(findPart(plan, 'inference-1')?.part).toMatchObject({ tensorParallel: 8 });
    const wrong = { ...service, path: 'layout.tensorParallel' };
    expect(setDegree.apply(samplePlan, wrong)).toBe(samplePlan);
  });
});

describe('choices', () => {
  it('bring new defaults along and leave chosen values', () => {
    const own = setQuantity.apply(samplePlan, {
      partId: 'cluster-1',
      field: 'rentUsdPerAcceleratorHour',
      read: { value: 1.99 },
    });
    const fresh = {
      ...cluster(own, 'cluster-1'),
      systemId: 'dgx-b200',
      nodes: byDefault(1),
      rentUsdPerAcceleratorHour: byDefault(4),
      purchaseUsdPerNode: byDefault(500_000),
    };
    const plan = setSystem.apply(own, { fresh, formerName: 'DGX H100', systemName: 'DGX B200' });
    expect(cluster(plan, 'cluster-1')).toMatchObject({
      systemId: 'dgx-b200',
      nodes: { value: 64 },
      rentUsdPerAcceleratorHour: { value: 1.99, origin: 'yours' },
      purchaseUsdPerNode: { value: 500_000, origin: 'default' },
    });
  });

  it('rename what was called by default, and leave a chosen name', () => {
    const fresh = { ...cluster(samplePlan, 'cluster-1'), systemId: 'dgx-b200', name: 'DGX B200' };
    const args = { fresh, systemName: 'DGX B200' };
    const named = setSystem.apply(samplePlan, { ...args, formerName: 'DGX H100' });
    expect(cluster(named, 'cluster-1').name).toBe('Main');
    const unnamed = setSystem.apply(samplePlan, { ...args, formerName: 'Main' });
    expect(cluster(unnamed, 'cluster-1').name).toBe('DGX B200');
  });

  it('of a model keep the kind of the workload', () => {
    const fresh = { ...training(samplePlan), modelId: 'deepseek-v3', tokens: byDefault(14.8e12) };
    const plan = setModel.apply(samplePlan, { fresh, formerName: '', modelName: 'DeepSeek-V3' });
    expect(training(plan)).toMatchObject({ modelId: 'deepseek-v3', tokens: { value: 14.8e12 } });
    const misplaced = { ...fresh, id: 'inference-1' };
    expect(setModel.apply(samplePlan, { fresh: misplaced, formerName: '', modelName: '' })).toBe(
      samplePlan,
    );
  });

  it('move clusters only to sites', () => {
    const args = { partId: 'cluster-1', siteId: 'site-2' };
    expect(cluster(moveCluster.apply(samplePlan, args), 'cluster-1').siteId).toBe('site-2');
    const wrong = { partId: 'cluster-1', siteId: 'cluster-2' };
    expect(moveCluster.apply(samplePlan, wrong)).toBe(samplePlan);
  });

  it('between renting and buying are one step each', () => {
    const bought = setAcquisition.apply(samplePlan, { acquisition: 'buy' });
    expect(bought.costs.acquisition).toBe('buy');
    expect(setAcquisition.apply(bought, { acquisition: 'buy' })).toBe(bought);
  });
});

describe('names and notes', () => {
  it('are trimmed and never empty', () => {
    expect(renamePlan.apply(samplePlan, { name: '  New  ' }).name).toBe('New');
    expect(renamePlan.apply(samplePlan, { name: '   ' })).toBe(samplePlan);
    const renamed = renamePart.apply(samplePlan, { partId: 'site-2', name: 'Lyon' });
    expect(renamed.sites[1]?.name).toBe('Lyon');
    expect(renamePart.apply(samplePlan, { partId: 'costs', name: 'X' })).toBe(samplePlan);
  });

  it('keep notes as they are typed', () => {
    expect(setNotes.apply(samplePlan, { notes: ' a\n' }).notes).toBe(' a\n');
    expect(setNotes.apply(samplePlan, { notes: '' })).toBe(samplePlan);
  });
});

describe('structure', () => {
  it('copies a site with everything on it, under new ids and names', () => {
    const plan = duplicatePart.apply(samplePlan, { partId: 'site-1' });
    expect(plan.sites.map(({ name }) => name)).toEqual(['Oslo', 'Paris', 'Oslo 2']);
    expect(plan.clusters).toHaveLength(5);
    expect(plan.workloads).toHaveLength(7);
    const ids = [...plan.sites, ...plan.clusters, ...plan.workloads].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(planSchema.safeParse(plan).success).toBe(true);
  });

  it('removes a part with everything on it', () => {
    const plan = removePart.apply(samplePlan, { partId: 'site-1' });
    expect(plan.sites.map(({ id }) => id)).toEqual(['site-2']);
    expect(plan.clusters.map(({ id }) => id)).toEqual(['cluster-3']);
    expect(plan.workloads.map(({ id }) => id)).toEqual(['inference-2']);
  });

  it('never removes the last site', () => {
    const one = removePart.apply(samplePlan, { partId: 'site-1' });
    expect(removePart.apply(one, { partId: 'site-2' })).toBe(one);
  });

  it('finds free ids and names', () => {
    expect(freeId(samplePlan, 'cluster')).toBe('cluster-4');
    expect(freeId(samplePlan, 'storage')).toBe('storage-1');
    expect(freeName(samplePlan, 'Chat')).toBe('Chat 2');
    expect(freeName(samplePlan, 'Agents')).toBe('Agents');
  });
});

describe('a fix', () => {
  function finding(subjectId: string | null, field: string, value: number): Finding {
    const fix = { label: `Use ${value}`, value };
    return {
      level: 'problem',
      code: 'test',
      subjectId,
      field,
      title: '',
      cause: '',
      advice: '',
      fix,
    };
  }

  it.each<[string | null, string, number]>([
    ['training-1', 'layout.tensorParallel', 4],
    ['training-1', 'layout.zeroStage', 3],
    ['training-1', 'globalBatchSequences', 4_096],
    ['inference-1', 'tensorParallel', 8],
    ['cluster-1', 'nodes', 128],
    [null, 'utilisationFraction', 0.5],
  ])('of %s.%s puts %d in its place', (subjectId, field, value) => {
    const plan = applyFix.apply(samplePlan, { finding: finding(subjectId, field, value) });
    expect(JSON.stringify(findPart(plan, subjectId ?? 'costs'))).toContain(`:${value}`);
    expect(plan).not.toBe(samplePlan);
    expect(planSchema.safeParse(plan).success).toBe(true);
  });

  it('that names nothing changes nothing', () => {
    const args = { finding: finding('gone', 'nodes', 1) };
    expect(applyFix.apply(samplePlan, args)).toBe(samplePlan);
  });
});
