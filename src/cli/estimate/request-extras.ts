import type { Catalogue } from '@engine/catalogue/types';
import { assumptionValue } from '@engine/catalogue/assumption';
import type { RequestShape } from '@engine/inference/operating-point';
import { speculationAssumptionKeys } from '@engine/inference/constants';
import type { CaseServing } from './case';

/** What a case says of cached prefixes and of proposed tokens; an acceptance that it leaves out is the catalogue's, and said. */
export function requestExtras(
  given: CaseServing,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Partial<RequestShape> {
  const known = (key: string): number => assumptionValue(catalogue.assumptions, key);
  const cached = given.prefix_hit_rate ? { cachedShare: Math.min(1, given.prefix_hit_rate) } : {};
  if (!given.speculative_tokens) return cached;
  const acceptance = given.acceptance ?? known(speculationAssumptionKeys.acceptance);
  if (given.acceptance === null || given.acceptance === undefined) {
    assume(`${acceptance} of the proposed tokens are kept: not given`);
  }
  return {
    ...cached,
    speculation: {
      draftTokens: given.speculative_tokens,
      acceptance: Math.min(1, acceptance),
      draftShare: known(speculationAssumptionKeys.draftShare),
    },
  };
}
