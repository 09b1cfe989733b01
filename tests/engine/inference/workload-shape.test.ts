import { describe, expect, test } from 'vitest';
import { workloadLayout } from '@engine/inference/workload-layout';
import { workloadShape } from '@engine/inference/workload-shape';
import type { InferenceWorkload, Quantity } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { samplePlan } from '../../renderer/document/sample-plan';

const { assumptions } = bundledCatalogue;
const yours = (value: number): Quantity => ({ value, origin: 'yours' });

function service(changes: Partial<InferenceWorkload> = {}): InferenceWorkload {
  const found = samplePlan.workloads.find(({ kind }) => kind === 'inference');
  if (found?.kind !== 'inference') throw new Error('The sample plan has no service.');
  return { ...found, ...changes };
}

describe('the requests of a plan’s service', () => {
  test('are their lengths alone where it says nothing else, or nothing by zero', () => {
    const plain = { inputTokens: 1000, outputTokens: 300 };
    expect(workloadShape(service(), assumptions)).toEqual(plain);
    const none = service({ cachedPrefixFraction: yours(0), speculativeTokens: yours(0) });
    expect(workloadShape(none, assumptions)).toEqual(plain);
    const nothing = service({ offloadedWeightFraction: yours(0), adapterCount: yours(0) });
    expect(workloadLayout(nothing, assumptions)).not.toHaveProperty('offloadedShare');
    expect(workloadLayout(nothing, assumptions)).not.toHaveProperty('adapters');
  });

  test('carry its cached share and proposed tokens, kept as often as it or the catalogue says', () => {
    const asked = { cachedPrefixFraction: yours(0.6), speculativeTokens: yours(2) };
    const shape = workloadShape(service(asked), assumptions);
    expect(shape.cachedShare).toBe(0.6);
    expect(shape.speculation?.draftTokens).toBe(2);
    expect(shape.speculation?.acceptance).toBe(assumptions['serving.acceptance']?.value);
    const stated = service({ ...asked, acceptanceFraction: yours(0.9) });
    expect(workloadShape(stated, assumptions).speculation?.acceptance).toBe(0.9);
  });

  test('come with the share of the weights that the host keeps', () => {
    const quarter = service({ offloadedWeightFraction: yours(0.25) });
    expect(workloadLayout(quarter, assumptions)).toMatchObject({ offloadedShare: 0.25 });
  });
});
