import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import type { FindingLevel } from '@engine/report';
import {
  findingOf,
  inferenceOf,
  mended,
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withService,
} from '../../fixtures/engine-fixture';

/** Llama 3.1 70B in FP8 on three DGX H200, TP 2: 64 heads, 141 GB per GPU, a scale-up domain of 8. */
const fleet = templatePlan('chat-fleet-h200');
const large = withService(fleet, { modelId: 'llama-3.1-405b' });

interface Row {
  readonly code: string;
  readonly level: FindingLevel;
  readonly found: Plan;
  readonly notFound: Plan;
  readonly hasFix: boolean;
}

const rows: readonly Row[] = [
  {
    code: 'inference.context',
    level: 'problem',
    found: withService(fleet, { inputTokens: quantity(131_000) }),
    notFound: withService(fleet, { inputTokens: quantity(130_800) }),
    hasFix: true,
  },
  {
    code: 'inference.tensorParallelHeads',
    level: 'problem',
    found: withService(fleet, { tensorParallel: 3 }),
    notFound: withService(fleet, { tensorParallel: 4 }),
    hasFix: true,
  },
  {
    code: 'inference.tensorParallelDomain',
    level: 'warning',
    found: withService(fleet, { tensorParallel: 16 }),
    notFound: withService(fleet, { tensorParallel: 8 }),
    hasFix: true,
  },
  {
    code: 'inference.tooFewAccelerators',
    level: 'problem',
    found: withClusters(withService(fleet, { tensorParallel: 16 }), { nodes: quantity(1) }),
    notFound: withClusters(withService(fleet, { tensorParallel: 8 }), { nodes: quantity(1) }),
    hasFix: true,
  },
  {
    code: 'inference.tooFewAccelerators',
    level: 'problem',
    found: withClusters(withService(fleet, { tensorParallel: 8, pipelineParallel: 2 }), {
      nodes: quantity(1),
    }),
    notFound: withClusters(withService(fleet, { tensorParallel: 4, pipelineParallel: 2 }), {
      nodes: quantity(1),
    }),
    hasFix: true,
  },
  {
    code: 'inference.precisionFallback',
    level: 'note',
    found: withService(fleet, { weightPrecision: 'fp4' }),
    notFound: withService(fleet, { weightPrecision: 'fp8' }),
    hasFix: false,
  },
  {
    code: 'inference.memory',
    level: 'problem',
    found: withService(large, { tensorParallel: 2 }),
    notFound: withService(large, { tensorParallel: 8 }),
    hasFix: true,
  },
  {
    code: 'inference.target.timeToFirstTokenTargetMs',
    level: 'problem',
    found: withService(fleet, { timeToFirstTokenTargetMs: quantity(2) }),
    notFound: fleet,
    hasFix: true,
  },
  {
    code: 'inference.target.timePerOutputTokenTargetMs',
    level: 'problem',
    found: withService(fleet, { timePerOutputTokenTargetMs: quantity(0.5) }),
    notFound: fleet,
    hasFix: true,
  },
  {
    code: 'inference.capacity',
    level: 'problem',
    found: withService(fleet, { concurrentUsers: quantity(500_000) }),
    notFound: fleet,
    hasFix: true,
  },
];

describe.each(rows)('$code', ({ code, level, found, notFound, hasFix }) => {
  const finding = findingOf(found, code);

  it(`is a ${level} that names what and why`, () => {
    expect(finding?.level).toBe(level);
    expect(finding?.cause).toMatch(/\.$/);
    expect(finding?.advice).toMatch(/\.$/);
    expect([finding?.title, finding?.cause, finding?.advice].join(' ')).not.toMatch(
      /NaN|undefined|null|Infinity/,
    );
  });

  it('is not found in the neighbouring plan', () => {
    expect(findingOf(notFound, code)).toBeUndefined();
  });

  it(hasFix ? 'is gone once its fix is applied' : 'offers no single value', () => {
    expect(finding?.fix !== null && finding?.fix !== undefined).toBe(hasFix);
    if (!finding?.fix) return;
    expect(findingOf(mended(found, finding), code)).toBeUndefined();
  });

  it('makes the service infeasible only if it is a problem', () => {
    if (level === 'problem') expect(inferenceOf(found).isFeasible).toBe(false);
  });
});

describe('a service that does not fit', () => {
  const report = inferenceOf(withService(large, { tensorParallel: 2 }));

  it('has no operating point, no replicas and no price, each with the same reason', () => {
    const figures = [
      report.operatingBatch,
      report.timeToFirstTokenMs,
      report.timePerOutputTokenMs,
      report.replicasNeeded,
      report.acceleratorsNeeded,
      report.usdPerMillionOutputTokens,
    ];
    expect(new Set(figures.map((figure) => figure.value))).toEqual(new Set([null]));
    expect(new Set(figures.map((figure) => figure.unavailable)).size).toBe(1);
  });

  it('says so in its answer and its bound', () => {
    expect(report.decomposition).toContain('does not fit');
    expect(report.bound).toBe('memory capacity');
    expect(report.maximumBatch.value).toBe(0);
  });

  it('still reports what does not depend on speed', () => {
    expect(report.weightGb.value).toBeGreaterThan(400);
    expect(report.peakRequestsPerSecond.value).toBeGreaterThan(0);
  });
});

describe('a service that is too slow', () => {
  const slow = withService(fleet, { timePerOutputTokenTargetMs: quantity(0.5) });

  it('names the target that it cannot meet', () => {
    expect(inferenceOf(slow).bound).toContain('time per output token');
    expect(inferenceOf(slow).decomposition).toContain('No number of replicas');
  });

  it('is not told to buy nodes, which would not help', () => {
    expect(findingOf(slow, 'inference.capacity')).toBeUndefined();
  });
});

describe('a cluster that is too small for a service', () => {
  const crowded = withService(fleet, { concurrentUsers: quantity(500_000) });

  it('is told the number of nodes, and one node less is not enough', () => {
    const finding = findingOf(crowded, 'inference.capacity');
    const nodes = finding?.fix?.value ?? Number.NaN;
    const sized = (count: number): Plan => withClusters(crowded, { nodes: quantity(count) });
    expect(findingOf(sized(nodes), 'inference.capacity')).toBeUndefined();
    expect(findingOf(sized(nodes - 1), 'inference.capacity')).toBeDefined();
  });

  it('still has its times: they do not depend on the number of replicas', () => {
    const times = ({
      timeToFirstTokenMs,
      timePerOutputTokenMs,
    }: ReturnType<typeof inferenceOf>) => [timeToFirstTokenMs.value, timePerOutputTokenMs.value];
    expect(times(inferenceOf(crowded))).toEqual(times(inferenceOf(fleet)));
  });
});

it.each([
  ['chat-fleet-h200', ['GPU', 'TP 2']],
  ['chat-million-gb300', ['GPU', 'TP 1']],
  ['cpu-only-baseline', ['1 CPU = 1 replica × 1 CPU', 'TP 1']],
])('the answer of %s is said in words that count correctly', (id, parts) => {
  const { decomposition } = inferenceOf(templatePlan(id));
  for (const part of parts) expect(decomposition).toContain(part);
  expect(decomposition).not.toMatch(/\b1 (?:GPUs|CPUs|replicas)\b/);
});

it('findings about several services name each its own', () => {
  const [service] = fleet.workloads;
  if (!service) throw new Error('The fleet serves nothing.');
  const two = withService(
    { ...fleet, workloads: [service, { ...service, id: 'workload-2', name: 'Another' }] },
    { tensorParallel: 3 },
  );
  const subjects = reportOf(two)
    .findings.filter(({ code }) => code === 'inference.tensorParallelHeads')
    .map(({ subjectId }) => subjectId);
  expect(subjects).toEqual(['workload-1', 'workload-2']);
});
