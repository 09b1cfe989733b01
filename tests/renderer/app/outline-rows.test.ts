import { describe, expect, it } from 'vitest';
import type { Finding } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { nextRow, outlineRows } from '../../../src/renderer/features/plan/outline-rows';
import { samplePlan } from '../document/sample-plan';

function finding(subjectId: string, level: Finding['level']): Finding {
  return {
    level,
    code: 'test',
    subjectId,
    field: null,
    title: '',
    cause: '',
    advice: '',
    fix: null,
  };
}

const findings = [finding('cluster-1', 'warning'), finding('cluster-1', 'problem')];
const rows = outlineRows(samplePlan, findings, bundledCatalogue);

describe('the outline', () => {
  it('lists sites, their clusters and their workloads, then the costs and the dates', () => {
    expect(rows.map(({ id, level }) => [id, level])).toEqual([
      [null, 1],
      ['site-1', 1],
      ['cluster-1', 2],
      ['training-1', 3],
      ['inference-1', 3],
      ['image-1', 3],
      ['cluster-2', 2],
      ['site-2', 1],
      ['cluster-3', 2],
      ['inference-2', 3],
      ['costs', 1],
      ['timeline', 1],
    ]);
  });

  it('says what a part is made of and marks the worst finding', () => {
    const cluster = rows.find(({ id }) => id === 'cluster-1');
    expect(cluster).toMatchObject({ detail: '64 × DGX H100', worst: 'problem' });
    expect(rows.find(({ id }) => id === 'cluster-2')?.worst).toBeNull();
  });

  it.each<[string, string, number, number]>([
    ['down', 'ArrowDown', 1, 2],
    ['down at the end', 'ArrowDown', 11, 11],
    ['up', 'ArrowUp', 1, 0],
    ['to the parent', 'ArrowLeft', 4, 2],
    ['to the parent of a cluster', 'ArrowLeft', 2, 1],
    ['to no parent', 'ArrowLeft', 1, 1],
    ['to the first child', 'ArrowRight', 2, 3],
    ['to no child', 'ArrowRight', 3, 3],
    ['home', 'Home', 5, 0],
    ['to the end', 'End', 0, 11],
    ['nowhere', 'a', 4, 4],
  ])('leads %s', (_name, key, from, to) => {
    expect(nextRow(rows, from, key)).toBe(to);
  });
});
