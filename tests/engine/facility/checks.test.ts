import { describe, expect, test } from 'vitest';
import {
  findingOf,
  mended,
  quantity,
  templatePlan,
  withClusters,
} from '../../fixtures/engine-fixture';

const pod = templatePlan('dgx-superpod-512');

describe('the checks of the physical cluster', () => {
  test('find nothing where nothing is wrong', () => {
    for (const code of ['fabric.radix', 'rack.power', 'rack.liquid', 'fabric.oversubscribed']) {
      expect(findingOf(pod, code), code).toBeUndefined();
    }
  });

  test('find a rack that cannot feed a node, and the fix mends it', () => {
    const plan = withClusters(pod, { rackPowerKw: quantity(10) });
    const finding = findingOf(plan, 'rack.power');
    if (finding === undefined) throw new Error('Nothing was found.');
    expect(finding.level).toBe('problem');
    expect(finding.cause).toContain('14.3 kW');
    expect(findingOf(mended(plan, finding), 'rack.power')).toBeUndefined();
  });

  test('warn of an oversubscribed fabric, and the fix mends it', () => {
    const plan = withClusters(pod, { oversubscription: quantity(3) });
    const finding = findingOf(plan, 'fabric.oversubscribed');
    if (finding === undefined) throw new Error('Nothing was found.');
    expect(finding.cause).toContain('with what it lets through');
    expect(findingOf(mended(plan, finding), 'fabric.oversubscribed')).toBeUndefined();
  });

  test('find a cluster that its switches cannot join', () => {
    const plan = withClusters(pod, { nodes: quantity(1e6) });
    expect(findingOf(plan, 'fabric.radix')).toMatchObject({ level: 'problem', fix: null });
  });

  test('note that a rack-scale system needs liquid', () => {
    expect(findingOf(templatePlan('chat-million-gb300'), 'rack.liquid')?.level).toBe('note');
  });
});
