import { describe, expect, it } from 'vitest';
import { evaluateWorkloads } from '@engine/evaluate-workloads';
import { runSerialShare } from '@engine/parallel/serial-share';
import { amdahlSpeedUp } from '@engine/parallel/speed-up-laws';
import type { TrainingReport } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';

function runOf(id: string): TrainingReport {
  const plan = planTemplates.find((template) => template.id === id)?.plan;
  const [run] = plan === undefined ? [] : evaluateWorkloads(plan, bundledCatalogue);
  if (run?.kind !== 'training') throw new Error(`The template '${id}' trains something.`);
  return run;
}

const llama = runOf('llama-3-405b');

describe('the serial share of a run', () => {
  const share = runSerialShare(llama, 16_384);

  it('is what is left of the step beside the work that all share', () => {
    const rest = llama.stepParts
      .filter(({ label }) => /communication|Transfers|bubble|Gaps/.test(label))
      .reduce((sum, { value }) => sum + value, 0);
    expect(share?.ofMany.value).toBeCloseTo(rest / (llama.stepSeconds.value ?? 1), 9);
    expect(share?.ofMany.value).toBeGreaterThan(0.05);
    expect(share?.ofMany.value).toBeLessThan(0.6);
  });

  it('gives the same gain by both laws', () => {
    const byAmdahl = amdahlSpeedUp(share?.ofOne.value ?? Number.NaN, 16_384);
    expect(byAmdahl / (share?.speedUp.value ?? Number.NaN)).toBeCloseTo(1, 9);
    expect(share?.speedUp.value).toBeLessThan(16_384);
  });

  it('sets a limit above what the run reaches', () => {
    expect(share?.limit.value).toBeGreaterThan(share?.speedUp.value ?? Number.NaN);
  });

  it('names the laws’ papers', () => {
    for (const id of [...(share?.limit.sources ?? []), ...(share?.speedUp.sources ?? [])]) {
      expect(bundledCatalogue.sources.has(id), id).toBe(true);
    }
  });
});

describe('a run without a step', () => {
  it('has no serial share', () => {
    expect(runSerialShare({ ...llama, stepParts: [] }, 16_384)).toBeNull();
    expect(runSerialShare(llama, 0)).toBeNull();
    expect(runSerialShare(llama, Number.NaN)).toBeNull();
  });
});

describe('a run whose whole step is shared work', () => {
  it('has no limit, and says so', () => {
    const parts = llama.stepParts.filter(({ key }) => key === 'matmul');
    const share = runSerialShare({ ...llama, stepParts: parts }, 8);
    expect(share?.ofMany.value).toBe(0);
    expect(share?.limit.value).toBeNull();
    expect(share?.limit.unavailable).toMatch(/no limit/);
    expect(share?.speedUp.value).toBe(8);
  });
});
