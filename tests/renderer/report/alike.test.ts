import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportOf, templatePlan } from '../../fixtures/engine-fixture';
import { besideGroups } from '../../../src/renderer/report/figure/FiguresBeside';
import { groupsAlike, likenessOf } from '../../../src/renderer/report/section/alike';

const report = reportOf(templatePlan('three-sites'));

describe('parts that look alike on paper', () => {
  it('differ in names and places alone', () => {
    const like = (index: number): string =>
      likenessOf(report.clusters[index], report.facilities[index]);
    // Two clusters of 128 nodes for training, then three of 8 nodes for chat.
    expect(groupsAlike([0, 1, 2, 3, 4], like)).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
  });

  it('are told apart by any number that a reader sees', () => {
    const [cluster] = report.clusters;
    if (!cluster) throw new Error('The plan has no cluster.');
    const { accelerators } = cluster;
    const other = { ...cluster, accelerators: { ...accelerators, value: 1 } };
    const ranged = { ...cluster, accelerators: { ...accelerators, low: 1 } };
    const renamed = { ...cluster, clusterId: 'x', accelerators: { ...accelerators, key: 'x.y' } };
    expect(likenessOf(other)).not.toBe(likenessOf(cluster));
    expect(likenessOf(ranged)).not.toBe(likenessOf(cluster));
    expect(likenessOf(renamed)).toBe(likenessOf(cluster));
  });

  it('lose no part and keep their order, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (values) => {
        const parts = values.map((value, place) => ({ value, place }));
        const groups = groupsAlike(parts, ({ value }) => String(value));
        expect(groups.flat().toSorted((one, other) => one.place - other.place)).toEqual(parts);
        for (const group of groups) {
          expect(new Set(group.map(({ value }) => value)).size).toBe(1);
          const places = group.map(({ place }) => place);
          expect(places).toEqual(places.toSorted((one, other) => one - other));
        }
        const firsts = groups.map(([{ place }]) => place);
        expect(firsts).toEqual(firsts.toSorted((one, other) => one - other));
      }),
    );
  });
});

describe('figures beside one another', () => {
  const named = report.sites.map(({ siteId, powerChain }) => ({
    name: siteId,
    figures: Object.values(powerChain),
  }));

  it('share a table where all have the same names, and never a row with a figure of another name', () => {
    const groups = besideGroups([...named, ...named, ...named]);
    expect(groups.flat()).toHaveLength(9);
    for (const group of groups) {
      expect(group.length).toBeLessThanOrEqual(4);
      const labels = group.map(({ figures }) => figures.map(({ label }) => label));
      for (const other of labels) expect(other).toEqual(labels[0]);
    }
    // Two of the three sites have N+1 supplies, the third 2N: its rows have other names.
    expect(besideGroups(named).map((group) => group.length)).toEqual([2, 1]);
  });
});
