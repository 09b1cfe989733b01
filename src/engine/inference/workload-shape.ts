import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import type { InferenceWorkload } from '../plan';
import type { RequestShape } from './request-shape';
import { speculationAssumptionKeys } from './constants';

/** The requests of a plan's service, with what it says of cached prefixes and proposed tokens. */
export function workloadShape(workload: InferenceWorkload, assumptions: Assumptions): RequestShape {
  const cached = workload.cachedPrefixFraction?.value ?? 0;
  const draftTokens = workload.speculativeTokens?.value ?? 0;
  const known = (key: string): number => assumptionValue(assumptions, key);
  return {
    inputTokens: workload.inputTokens.value,
    outputTokens: workload.outputTokens.value,
    ...(cached > 0 ? { cachedShare: cached } : {}),
    ...(draftTokens > 0
      ? {
          speculation: {
            draftTokens,
            acceptance:
              workload.acceptanceFraction?.value ?? known(speculationAssumptionKeys.acceptance),
            draftShare: known(speculationAssumptionKeys.draftShare),
          },
        }
      : {}),
  };
}
