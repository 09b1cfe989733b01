import { describe, expect, test } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { caseMachine } from '../../src/cli/estimate/case-hardware';
import type { CaseServing } from '../../src/cli/estimate/case';
import { degreesInAccelerators } from '../../src/cli/estimate/core-degrees';

const counted = (given: Partial<CaseServing>, count: number, name = 'TPU v7x') => {
  const { accelerator } = caseMachine({ accelerator: name, count }, catalogue, () => {});
  const said: string[] = [];
  const { tp, ep } = degreesInAccelerators(given, { accelerator, count }, (sentence) => {
    said.push(sentence);
  });
  return { tp, ep, said };
};

describe('degrees of a case', () => {
  test.each([
    [8, undefined, 4, 4, undefined],
    [8, 8, 4, 4, 4],
    [2, 8, 4, 1, 4],
    [2, undefined, 1, 1, undefined],
  ])('TP %i and EP %s on %i chips count their cores', (tp, ep, chips, ranks, groups) => {
    const given = ep === undefined ? { tp } : { tp, ep };
    const result = counted(given, chips);
    expect(result).toMatchObject({ tp: ranks, ep: groups });
    expect(result.said).toHaveLength(1);
  });

  test.each([
    [4, 4],
    [4, 8],
    [6, 4],
  ])('TP %i on %i chips is as stated', (tp, chips) => {
    expect(counted({ tp }, chips)).toEqual({ tp, ep: undefined, said: [] });
  });

  test.each([
    [8, 32, 8],
    [8, undefined, 4],
  ])('TP %i and EP %s on %i GPUs, which have no such cores, are as stated', (tp, ep, count) => {
    const given = ep === undefined ? { tp } : { tp, ep };
    expect(counted(given, count, 'H800')).toEqual({ tp, ep, said: [] });
  });
});
