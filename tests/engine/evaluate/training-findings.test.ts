import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { FindingLevel } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  findingOf,
  laidOut,
  mended,
  quantity,
  templatePlan,
  trainingOf,
  withClusters,
  withTraining,
} from '../../fixtures/engine-fixture';

const llama = templatePlan('llama-3-405b');
const deepSeek = templatePlan('deepseek-v3');
const lab = templatePlan('lab-node-8-h100');

function nodes(plan: Plan, count: number): Plan {
  return withClusters(plan, { nodes: quantity(count) });
}

function batch(plan: Plan, sequences: number): Plan {
  return withTraining(plan, { globalBatchSequences: quantity(sequences) });
}

interface Row {
  readonly code: string;
  readonly level: FindingLevel;
  /** a plan that has the finding, and its nearest neighbour that has not */
  readonly found: Plan;
  readonly notFound: Plan;
  /** what the fix sets; absent where no single value mends it */
  readonly fix?: number;
}

/** Llama 3 405B: 126 layers, 128 heads, 8 key–value heads on TP 8 × PP 16 × DP 128, 2,048 sequences of 8,192 tokens. */
const rows: readonly Row[] = [
  {
    code: 'tooFewAccelerators',
    level: 'problem',
    found: nodes(llama, 15),
    notFound: nodes(llama, 16),
    fix: 16,
  },
  {
    code: 'idleAccelerators',
    level: 'warning',
    found: nodes(llama, 17),
    notFound: nodes(llama, 32),
  },
  {
    code: 'tensorParallelHeads',
    level: 'problem',
    found: laidOut(llama, { tensorParallel: 6 }),
    notFound: laidOut(llama, { tensorParallel: 4 }),
    fix: 4,
  },
  {
    code: 'tensorParallelBeyondDomain',
    level: 'warning',
    found: laidOut(llama, { tensorParallel: 16 }),
    notFound: llama,
    fix: 8,
  },
  {
    code: 'keyValueHeadsCopied',
    level: 'note',
    found: laidOut(llama, { tensorParallel: 16 }),
    notFound: llama,
  },
  {
    code: 'chunksWithoutPipeline',
    level: 'warning',
    found: laidOut(lab, { virtualStages: 2 }),
    notFound: lab,
    fix: 1,
  },
  {
    code: 'moreStagesThanLayers',
    level: 'problem',
    found: laidOut(llama, { virtualStages: 9 }),
    notFound: llama,
    fix: 7,
  },
  {
    code: 'unevenStages',
    level: 'note',
    found: llama,
    notFound: laidOut(llama, { pipelineParallel: 2, virtualStages: 1 }),
  },
  {
    code: 'batchNotDivisible',
    level: 'problem',
    found: batch(llama, 2_000),
    notFound: batch(llama, 1_920),
    fix: 2_048,
  },
  {
    code: 'interleavedMicroBatches',
    level: 'warning',
    found: batch(llama, 17 * 128),
    notFound: llama,
    fix: 32 * 128,
  },
  {
    code: 'sequenceNotDivisible',
    level: 'problem',
    found: laidOut(llama, { contextParallel: 3 }),
    notFound: laidOut(llama, { contextParallel: 2 }),
    fix: 2,
  },
  {
    code: 'expertsMissing',
    level: 'warning',
    found: laidOut(llama, { expertParallel: 8 }),
    notFound: llama,
    fix: 1,
  },
  {
    code: 'expertParallelNotDivisible',
    level: 'problem',
    found: laidOut(deepSeek, { expertParallel: 48 }),
    notFound: deepSeek,
    fix: 32,
  },
  {
    code: 'precisionUnknown',
    level: 'problem',
    found: withTraining(withClusters(lab, { systemId: 'vr200-nvl72' }), { precision: 'fp64' }),
    notFound: withTraining(lab, { precision: 'fp64' }),
  },
  {
    code: 'precisionConverted',
    level: 'warning',
    found: withTraining(withClusters(lab, { systemId: 'dgx-a100-80' }), { precision: 'fp8' }),
    notFound: withTraining(lab, { precision: 'fp8' }),
  },
  {
    code: 'beyondContext',
    level: 'note',
    found: withTraining(lab, { sequenceLength: quantity(131_080) }),
    notFound: withTraining(lab, { sequenceLength: quantity(131_072) }),
    fix: 131_072,
  },
  {
    code: 'largeBubble',
    level: 'warning',
    found: batch(laidOut(llama, { virtualStages: 1 }), 128),
    notFound: batch(laidOut(llama, { virtualStages: 1 }), 128 * 256),
  },
  {
    code: 'exchangeBound',
    level: 'warning',
    found: withClusters(llama, { scaleOutGbpsPerAccelerator: quantity(1) }),
    notFound: llama,
  },
  {
    code: 'measured',
    level: 'note',
    found: withTraining(llama, { measuredStepSeconds: quantity(5) }),
    notFound: llama,
  },
];

describe.each(rows)('training.$code', ({ code, level, found, notFound, fix }) => {
  const finding = findingOf(found, `training.${code}`);

  it(`is a ${level} that names what and why`, () => {
    expect(finding?.level).toBe(level);
    expect(finding?.title).not.toMatch(/[.!]$/);
    expect(finding?.cause).toMatch(/\.$/);
    expect(finding?.advice).toMatch(/\.$/);
    expect([finding?.title, finding?.cause, finding?.advice].join(' ')).not.toMatch(
      /NaN|undefined|null|Infinity/,
    );
  });

  it('is not found in the neighbouring plan', () => {
    expect(findingOf(notFound, `training.${code}`)).toBeUndefined();
  });

  it(fix === undefined ? 'offers no single value' : `is gone once set to ${fix}`, () => {
    expect(finding?.fix?.value).toBe(fix);
    if (fix === undefined || !finding) return;
    expect(finding.fix?.label).toContain(new Intl.NumberFormat('en').format(fix));
    expect(findingOf(mended(found, finding), finding.code)).toBeUndefined();
  });

  it('makes the job infeasible only if it is a problem', () => {
    if (level === 'problem') expect(trainingOf(found).isFeasible).toBe(false);
  });
});

/** The catalogue with accelerators whose memory the lab job fills to that share. */
function withMemoryShare(share: number): Catalogue {
  const used = trainingOf(lab).memoryGbPerAccelerator.value ?? Number.NaN;
  const resized = [...catalogue.accelerators.values()].map((part) => ({
    ...part,
    memoryCapacity: { ...part.memoryCapacity, value: used / share },
  }));
  return { ...catalogue, accelerators: new Map(resized.map((part) => [part.id, part])) };
}

describe('memory', () => {
  it.each([
    [0.5, []],
    [0.91, []],
    [0.93, ['training.memoryTight']],
    [0.999, ['training.memoryTight']],
    [1.01, ['training.memoryOverflow']],
    [3, ['training.memoryOverflow']],
  ])('filled to %d times its size gives %j', (share, expected) => {
    const report = evaluate(lab, withMemoryShare(share));
    const codes = report.findings.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('training.memory'))).toEqual(expected);
    expect(report.workloads[0]?.isFeasible).toBe(share <= 1);
  });

  it('that overflows is the bound of the job', () => {
    const [report] = evaluate(lab, withMemoryShare(2)).workloads;
    expect(report?.bound).toBe('memory capacity');
  });

  it('that nothing single mends is told so, without a fix', () => {
    const report = evaluate(lab, withMemoryShare(1_000));
    const found = report.findings.find(({ code }) => code === 'training.memoryOverflow');
    expect(found?.fix).toBeNull();
    expect(found?.advice).toContain('No single change fits');
  });
});
