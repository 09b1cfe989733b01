import type { Catalogue } from '@engine/catalogue/types';
import { assumptionValue } from '@engine/catalogue/assumption';
import type { RequestShape } from '@engine/inference/operating-point';
import { chanceOfShare } from '@engine/inference/speculation';
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
  const { speculative_tokens: draftTokens, acceptance: stated } = given;
  const usual = known(speculationAssumptionKeys.acceptance);
  const isStated = stated !== null && stated !== undefined;
  if (!isStated) assume(`a proposed token is kept with a chance of ${usual}: not given`);
  return {
    ...cached,
    speculation: {
      draftTokens,
      acceptance: isStated ? chanceOfShare(stated, draftTokens) : usual,
      draftShare: known(speculationAssumptionKeys.draftShare),
    },
  };
}
