import { describe, expect, it } from 'vitest';
import {
  findingOf,
  mended,
  quantity,
  templatePlan,
  withClusters,
  withSites,
} from '../../fixtures/engine-fixture';

const plan = templatePlan('dgx-superpod-512');

describe('the limits of a hall', () => {
  it.each([
    [{ rackWeightKg: quantity(100) }, 'rack.weight', 'problem'],
    [{ floorSquareMetres: quantity(10) }, 'site.floor', 'problem'],
  ] as const)('%j is a named problem: %s', (change, code, level) => {
    expect(findingOf(withSites(plan, change), code)).toMatchObject({ level });
    expect(findingOf(plan, code)).toBeUndefined();
  });

  it('of the floor is mended by its fix', () => {
    const small = withSites(plan, { floorSquareMetres: quantity(10) });
    const finding = findingOf(small, 'site.floor');
    if (!finding) throw new Error('Nothing was found.');
    expect(findingOf(mended(small, finding), 'site.floor')).toBeUndefined();
  });

  it('of the weight is mended by fewer nodes in a rack', () => {
    const light = withSites(plan, { rackWeightKg: quantity(400) });
    expect(findingOf(light, 'rack.weight')).toBeDefined();
    const one = withClusters(light, { rackPowerKw: quantity(15) });
    expect(findingOf(one, 'rack.weight')).toBeUndefined();
  });

  it('says that a weight is not known only where there is a limit', () => {
    const other = withClusters(templatePlan('llama-3-405b'), { systemId: 'mi300x-8way' });
    expect(findingOf(other, 'rack.weightUnknown')).toBeUndefined();
    const limited = withSites(other, { rackWeightKg: quantity(1_000) });
    expect(findingOf(limited, 'rack.weightUnknown')?.level).toBe('note');
  });
});

describe('cables', () => {
  it('reach in the largest published run and not over a hall of kilometres', () => {
    const run = templatePlan('llama-3-405b');
    expect(findingOf(run, 'fabric.cableReach')).toBeUndefined();
    const sprawling = withClusters(run, { topology: '2D torus', nodes: quantity(5_000_000) });
    expect(findingOf(sprawling, 'fabric.cableReach')?.level).toBe('warning');
  });
});
