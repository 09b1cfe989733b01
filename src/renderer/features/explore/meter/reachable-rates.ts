import { evaluate } from '@engine/evaluate';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { emptyPlan, newCluster, newInference } from '../../../document/new-parts';

/** A node of H100, the unit that the meter counts in. */
const systemId = 'dgx-h100';
/** The largest and the smallest model of one family, both dense. */
const largestModel = 'llama-3.1-405b';
const smallestModel = 'llama-3.1-8b';

/** Tokens per second that one H100 writes with a model at the usual latency targets, by the engine; null where it cannot. */
function rateOf(modelId: string): number | null {
  const base = emptyPlan('One node', null);
  const cluster = newCluster(base, base.sites[0]?.id ?? '', systemId, 1);
  const plan = { ...base, clusters: [cluster] };
  const service = newInference(plan, cluster, modelId);
  const [found] = evaluate({ ...plan, workloads: [service] }, bundledCatalogue).workloads;
  return found?.kind === 'inference' ? found.tokensPerSecondPerAccelerator.value : null;
}

let known: { readonly from: number; readonly to: number } | null | undefined;

/** What one H100 can do, from the largest to the smallest model of one family; computed once. */
export function reachableRates(): { readonly from: number; readonly to: number } | null {
  if (known !== undefined) return known;
  const [from, to] = [rateOf(largestModel), rateOf(smallestModel)];
  known = from === null || to === null ? null : { from, to };
  return known;
}
