import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { evaluate } from '@engine/evaluate';
import type { Plan, TrainingWorkload } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import { planSchema } from '@shared/plan/schema';
import { anyPlan } from './any-plan';

/** Paths of every number in a value that is not finite. */
function notFinite(value: unknown, path = 'report'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => notFinite(inner, `${path}.${key}`));
}

function figuresIn(value: unknown): Figure[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('formula' in value && 'leavesOut' in value) return [value as Figure];
  return Object.values(value).flatMap(figuresIn);
}

function templatePlan(id: string): Plan {
  const found = planTemplates.find((template) => template.id === id);
  if (!found) throw new Error(`no template ${id}`);
  return found.plan;
}

const llama = templatePlan('llama-3-405b');

function withJob(change: Partial<TrainingWorkload>, plan: Plan = llama): Plan {
  const [job, ...rest] = plan.workloads;
  if (job?.kind !== 'training') throw new Error('no training job');
  return { ...plan, workloads: [{ ...job, ...change }, ...rest] };
}

function jobOf(plan: Plan): TrainingWorkload {
  const [job] = plan.workloads;
  if (job?.kind !== 'training') throw new Error('no training job');
  return job;
}

function trainingOf(report: Report) {
  const [first] = report.workloads;
  if (first?.kind !== 'training') throw new Error('no training report');
  return first;
}

function codes(report: Report): string[] {
  return report.findings.map((found) => found.code);
}

describe('any plan that the schema admits', () => {
  it('is evaluated without an exception, and no number is NaN or infinite', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        expect(planSchema.safeParse(plan).success).toBe(true);
        const report = evaluate(plan, catalogue);
        expect(notFinite(report)).toEqual([]);
        for (const figure of figuresIn(report)) {
          if (figure.value === null) expect(figure.unavailable).toBeTruthy();
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same report every time', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        expect(evaluate(plan, catalogue)).toEqual(evaluate(plan, catalogue));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a report', () => {
  it.each(planTemplates.map((template) => [template.id, template.plan] as const))(
    'of %s explains every figure',
    (_id, plan) => {
      const report = evaluate(plan, catalogue);
      const figures = figuresIn(report);
      expect(figures.length).toBeGreaterThan(30);
      const keys = new Set(figures.map((figure) => figure.key));
      for (const figure of figures) {
        expect(figure.formula, figure.key).not.toBe('');
        const sources = [...figure.sources, ...figure.inputs.flatMap((input) => input.sources)];
        expect(
          sources.filter((source) => !catalogue.sources.has(source)),
          figure.key,
        ).toEqual([]);
        // An origin written like a figure's key must be one.
        const origins = figure.inputs.map((input) => input.from);
        const dangling = origins.filter((origin) => origin.includes('.') && !keys.has(origin));
        expect(dangling, figure.key).toEqual([]);
        expect(origins, figure.key).not.toContain('');
      }
    },
  );

  it('has parts that add up: memory, step time and the loss diagram', () => {
    const report = trainingOf(evaluate(llama, catalogue));
    const sum = (parts: readonly { readonly value: number }[]): number =>
      parts.reduce((total, part) => total + part.value, 0);
    expect(sum(report.memoryParts)).toBeCloseTo(report.memoryGbPerAccelerator.value ?? 0, 6);
    expect(sum(report.stepParts)).toBeCloseTo(report.stepSeconds.value ?? 0, 9);
    const remaining = report.lossStages.map((stage) => stage.remaining);
    expect(remaining).toEqual(remaining.toSorted((first, second) => second - first));
    expect(remaining.at(0)).toBe(1);
    const utilisation = report.modelFlopsUtilisation.value ?? 0;
    const usefulTime = report.goodput.usefulTime.value ?? Number.NaN;
    expect(usefulTime).toBeGreaterThan(0.9);
    expect(remaining.at(-1)).toBeCloseTo(utilisation * usefulTime, 9);
  });
});

describe('findings', () => {
  it.each([
    ['an unknown model', withJob({ modelId: 'nowhere' }), 'plan.unknown.modelId'],
    ['an unknown cluster', withJob({ clusterId: 'nowhere' }), 'plan.unknown.clusterId'],
    [
      'an unknown system',
      {
        ...llama,
        clusters: llama.clusters.map((cluster) => ({ ...cluster, systemId: 'nowhere' })),
      },
      'plan.unknown.systemId',
    ],
    [
      'an unknown site',
      { ...llama, clusters: llama.clusters.map((cluster) => ({ ...cluster, siteId: 'nowhere' })) },
      'plan.unknown.siteId',
    ],
  ])('name %s as a problem', (_what, plan, code) => {
    const report = evaluate(plan, catalogue);
    expect(report.findings.find((found) => found.code === code)?.level).toBe('problem');
    expect(report.workloads).toEqual([]);
  });

  const { layout } = jobOf(llama);
  it.each([
    ['training.tensorParallelHeads', { layout: { ...layout, tensorParallel: 6 } }],
    ['training.tensorParallelBeyondDomain', { layout: { ...layout, tensorParallel: 16 } }],
    ['training.moreStagesThanLayers', { layout: { ...layout, virtualStages: 16 } }],
    ['training.batchNotDivisible', { globalBatchSequences: { value: 2_000, origin: 'yours' } }],
    ['training.sequenceNotDivisible', { layout: { ...layout, contextParallel: 3 } }],
    ['training.expertsMissing', { layout: { ...layout, expertParallel: 8 } }],
  ] as const)('%s is mended by its own fix', (code, change) => {
    const broken = withJob(change);
    const found = evaluate(broken, catalogue).findings.find((finding) => finding.code === code);
    if (!found?.fix || found.field === null) throw new Error(`${code} offers no fix`);
    const [first, second] = found.field.split('.');
    const job = jobOf(broken);
    const { value } = found.fix;
    const mended: Partial<TrainingWorkload> =
      first === 'layout' && second !== undefined
        ? { layout: { ...job.layout, [second]: value } }
        : { [first ?? '']: { value, origin: 'yours' } };
    expect(codes(evaluate(withJob(mended, broken), catalogue))).not.toContain(code);
  });

  it('mend memory overflow with the least disturbing single change', () => {
    const lab = templatePlan('lab-node-8-h100');
    const fields = { ...jobOf(lab).layout, microBatch: 8 };
    const found = evaluate(withJob({ layout: fields }, lab), catalogue).findings.find(
      (finding) => finding.code === 'training.memoryOverflow',
    );
    expect(found).toMatchObject({ field: 'layout.microBatch', fix: { value: 1 } });
    expect(codes(evaluate(lab, catalogue))).not.toContain('training.memoryOverflow');
  });

  it('ask for as many nodes as one replica needs', () => {
    const small = {
      ...llama,
      clusters: llama.clusters.map((cluster) => ({
        ...cluster,
        nodes: { value: 4, origin: 'yours' as const },
      })),
    };
    const report = evaluate(small, catalogue);
    const found = report.findings.find((finding) => finding.code === 'training.tooFewAccelerators');
    expect(found).toMatchObject({ subjectId: 'cluster-1', field: 'nodes', fix: { value: 16 } });
    const job = trainingOf(report);
    expect(job.isFeasible).toBe(false);
    expect(job.days.value).toBeNull();
    expect(job.days.unavailable).toContain('32');
  });

  it('say when a site may not draw what its clusters need', () => {
    const capped = {
      ...llama,
      sites: llama.sites.map((site) => ({
        ...site,
        powerCapKw: { value: 10_000, origin: 'yours' as const },
      })),
    };
    const report = evaluate(capped, catalogue);
    const found = report.findings.find((finding) => finding.code === 'site.powerCap');
    const drawn = report.sites[0]?.facilityPowerKw.value ?? 0;
    expect(found?.fix?.value).toBe(Math.ceil(drawn));
  });

  it('say when two workloads want the same accelerators', () => {
    const job = jobOf(llama);
    const shared = { ...llama, workloads: [job, { ...job, id: 'workload-2' }] };
    const found = evaluate(shared, catalogue).findings.find(
      (finding) => finding.code === 'cluster.oversubscribed',
    );
    expect(found?.fix?.value).toBe(4_096);
  });

  it('come worst first', () => {
    const order = { problem: 0, warning: 1, note: 2 };
    const report = evaluate(withJob({ layout: { ...layout, microBatch: 4 } }), catalogue);
    const levels = report.findings.map((found) => order[found.level]);
    expect(levels).toEqual(levels.toSorted((first, second) => first - second));
    expect(levels.length).toBeGreaterThan(1);
  });
});

describe('a measured step time', () => {
  const modelled = trainingOf(evaluate(llama, catalogue)).stepSeconds.value ?? Number.NaN;
  const measured = withJob({ measuredStepSeconds: { value: 2 * modelled, origin: 'measured' } });

  it('replaces the modelled one everywhere', () => {
    const report = trainingOf(evaluate(measured, catalogue));
    expect(report.stepSeconds.value).toBe(2 * modelled);
    const days = trainingOf(evaluate(llama, catalogue)).days.value ?? Number.NaN;
    expect(report.days.value).toBeCloseTo(2 * days, 6);
    const parts = report.stepParts.reduce((sum, part) => sum + part.value, 0);
    expect(parts).toBeCloseTo(2 * modelled, 9);
  });

  it('shows how far off the model was', () => {
    const found = evaluate(measured, catalogue).findings.find(
      (finding) => finding.code === 'training.measured',
    );
    expect(found?.title).toBe('The model is 50% below the measured step time');
  });
});
