import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { isSameData } from '../../../src/renderer/report/same-data';
import { templatePlan, withTraining } from '../../fixtures/engine-fixture';

describe('whether two values say the same', () => {
  const plan = templatePlan('llama-3-405b');
  const report = evaluate(plan, catalogue);

  it('holds for two reports of one plan', () => {
    expect(isSameData(report, evaluate(plan, catalogue))).toBe(true);
  });

  it('tells every figure that an edit changes, and none that it does not', () => {
    const [job] = plan.workloads;
    if (job?.kind !== 'training') throw new Error('The plan has no training job.');
    const edited = withTraining(plan, { tokens: { ...job.tokens, value: 2 * job.tokens.value } });
    const [before, after] = [report, evaluate(edited, catalogue)].map(({ workloads }) => {
      const [first] = workloads;
      if (first?.kind !== 'training') throw new Error('The job has no report.');
      return first;
    });
    expect(isSameData(before?.days, after?.days)).toBe(false);
    expect(isSameData(before?.lossStages, after?.lossStages)).toBe(false);
    expect(isSameData(before?.memoryParts, after?.memoryParts)).toBe(true);
    expect(isSameData(before?.stepSeconds, after?.stepSeconds)).toBe(true);
  });

  it.each([
    [{ value: 1 }, { value: 2 }],
    [{ value: null }, { value: 0 }],
    [{ value: 1 }, { value: 1, reason: undefined }],
    [{ value: undefined }, { other: undefined }],
    [[1, 2], [1]],
    [[1], { 0: 1 }],
    [() => 1, () => 1],
    [new Map([[1, 2]]), new Map([[1, 2]])],
  ])('takes %j and %j for different', (one, other) => {
    expect(isSameData(one, other)).toBe(false);
    expect(isSameData(one, one)).toBe(true);
  });
});
