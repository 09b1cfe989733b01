import { describe, expect, it } from 'vitest';
import type { Figure } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  figuresIn,
  joined,
  reportOf,
  templatePlan,
  templateRows,
} from '../../fixtures/engine-fixture';

const rows = [
  ...templateRows,
  [
    'two templates side by side',
    joined(templatePlan('llama-3-405b'), templatePlan('chat-million-gb300')),
  ] as const,
];

/** Values of the catalogue that a figure may put in: each number with its unit. */
function factTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('quality' in value && 'value' in value && 'unit' in value) {
    return [`${String(value.value)} ${String(value.unit)}`];
  }
  const entries = value instanceof Map ? [...value.values()] : Object.values(value);
  return entries.flatMap(factTexts);
}

const facts = new Set(factTexts(catalogue));

describe.each(rows)('every figure of %s', (_id, plan) => {
  const report = reportOf(plan);
  const figures = figuresIn(report);
  const byKey = new Map(figures.map((figure) => [figure.key, figure]));

  function failing(isWrong: (figure: Figure) => boolean): string[] {
    return figures.filter(isWrong).map((figure) => figure.key);
  }

  it('has a label, a unit and a formula', () => {
    expect(failing(({ label, unit, formula }) => !label || !unit || !formula)).toEqual([]);
  });

  it('has either a value or a sentence that says why not', () => {
    const isSilent = ({ value, unavailable }: Figure): boolean =>
      value === null ? !/^[A-Z].*\.$/.test(unavailable ?? '') : unavailable !== undefined;
    expect(failing(isSilent)).toEqual([]);
  });

  it('lies inside its own range', () => {
    const isOutside = ({ value, low, high }: Figure): boolean =>
      value !== null && ((low ?? value) > value || (high ?? value) < value);
    expect(failing(isOutside)).toEqual([]);
  });

  it('names a part of the plan, the plan itself or its cost in its key', () => {
    const parts = [...plan.sites, ...plan.clusters, ...plan.workloads].map((part) => part.id);
    const known = new Set(['plan', 'cost', ...parts]);
    expect(failing(({ key }) => !known.has(key.split('.')[0] ?? ''))).toEqual([]);
  });

  it('keeps its value wherever it is shown', () => {
    const differs = (figure: Figure): boolean => {
      const first = figures.find((other) => other.key === figure.key);
      return first?.value !== figure.value || first.unit !== figure.unit;
    };
    expect(failing(differs)).toEqual([]);
  });

  it('passes its value on unchanged to the figures made of it', () => {
    const wrong = figures.flatMap(({ key, inputs }) =>
      inputs
        .filter((input) => byKey.has(input.from))
        .filter((input) => byKey.get(input.from)?.value !== input.value)
        .map((input) => `${key} takes ${input.from}`),
    );
    expect(wrong).toEqual([]);
  });

  it('takes from the catalogue only what stands there', () => {
    const invented = figures.flatMap(({ key, inputs }) =>
      inputs
        .filter((input) => input.from === 'catalogue' && input.unit !== '1')
        .filter((input) => !facts.has(`${String(input.value)} ${input.unit}`))
        // A rate or a memory size may have been brought to another prefix.
        .filter((input) => !['TFLOP/s', 'GB'].includes(input.unit))
        .map((input) => `${key}: ${input.label} ${String(input.value)} ${input.unit}`),
    );
    expect(invented).toEqual([]);
  });

  it('gives every catalogue fact a source that can be looked up', () => {
    const unsourced = figures.flatMap(({ key, inputs, sources }) => [
      ...inputs
        .flatMap((input) => input.sources)
        .concat(sources)
        .filter((id) => !catalogue.sources.has(id))
        .map((id) => `${key}: ${id}`),
    ]);
    expect(unsourced).toEqual([]);
  });

  it('never depends on itself', () => {
    const reaches = (from: string, goal: string, seen: Set<string>): boolean => {
      if (seen.has(from)) return false;
      seen.add(from);
      const inputs = byKey.get(from)?.inputs ?? [];
      return inputs.some((input) => input.from === goal || reaches(input.from, goal, seen));
    };
    expect(failing(({ key }) => reaches(key, key, new Set()))).toEqual([]);
  });
});

describe('the parts of a report', () => {
  it('are in the order of the plan', () => {
    const plan = joined(templatePlan('deepseek-v3'), templatePlan('chat-fleet-h200'));
    const report = reportOf(plan);
    expect(report.sites.map(({ siteId }) => siteId)).toEqual(plan.sites.map(({ id }) => id));
    expect(report.clusters.map(({ clusterId }) => clusterId)).toEqual(
      plan.clusters.map(({ id }) => id),
    );
    expect(report.workloads.map(({ workloadId }) => workloadId)).toEqual(
      plan.workloads.map(({ id }) => id),
    );
  });

  it('say which catalogue they were computed with', () => {
    const report = reportOf(templatePlan('lab-node-8-h100'));
    expect(report.catalogueDate).toBe(catalogue.date);
    expect(report.engineVersion).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
