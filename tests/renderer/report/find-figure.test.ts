import { describe, expect, it } from 'vitest';
import type { Figure } from '@engine/report';
import { figuresIn, reportOf, templateRows } from '../../fixtures/engine-fixture';
import { findFigure } from '../../../src/renderer/report/figure/find-figure';

describe.each(templateRows)('walking down from the numbers of %s', (_id, plan) => {
  const report = reportOf(plan);

  /** Keys on the longest way down from a figure; fails on a way that leads back to itself. */
  function walk(figure: Figure, above: readonly string[], deepest: Map<string, number>): number {
    expect(above, `${figure.key} is computed from itself`).not.toContain(figure.key);
    const known = deepest.get(figure.key);
    if (known !== undefined) return known;
    const below = figure.inputs.flatMap(({ from }) => findFigure(report, from) ?? []);
    const way = [...above, figure.key];
    const depth = 1 + Math.max(0, ...below.map((input) => walk(input, way, deepest)));
    deepest.set(figure.key, depth);
    return depth;
  }

  it('ends, whatever number it starts from, and leads over several steps', () => {
    const deepest = new Map<string, number>();
    for (const figure of figuresIn(report)) walk(figure, [], deepest);
    expect(Math.max(...deepest.values())).toBeGreaterThanOrEqual(3);
  });

  it('opens every input that names a figure of the report, with the value that was put in', () => {
    const keys = new Set(figuresIn(report).map(({ key }) => key));
    let opened = 0;
    for (const { key, inputs } of figuresIn(report)) {
      for (const { from, value } of inputs) {
        if (!keys.has(from)) continue;
        opened += 1;
        const found = findFigure(report, from);
        expect(found?.key, key).toBe(from);
        expect(found?.value, `${key}: ${from}`).toBe(value);
      }
    }
    expect(opened).toBeGreaterThan(10);
  });

  it('finds nothing for an input of the plan or the catalogue', () => {
    for (const from of ['plan', 'catalogue', 'reader', 'nowhere.at-all', '']) {
      expect(findFigure(report, from)).toBeNull();
    }
  });

  it('prefers the figure of a part to the headline that repeats it under a longer label', () => {
    const { headline, ...parts } = report;
    const own = new Map(figuresIn(parts).map((figure) => [figure.key, figure]));
    for (const { key } of headline) {
      const expected = own.get(key) ?? headline.find((figure) => figure.key === key);
      expect(findFigure(report, key)).toEqual(expected);
    }
  });
});
