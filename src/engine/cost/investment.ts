import { discountFactor } from './present-value';

/**
 * Net present value of a series of monthly amounts.
 *
 *   NPV = Σ_k f_k · (1 + r)^(−k / 12)
 *
 * f_k amount at the end of month k, month 0 the start [USD] · r discount rate [1/year]
 *
 * Source: standard definition (from memory).
 */
export function netPresentValue(flows: readonly number[], ratePerYear: number): number {
  // Horner's scheme: one power for the whole series instead of one for each month.
  const monthly = discountFactor(1, ratePerYear);
  return flows.reduceRight((sum, flow) => sum * monthly + flow, 0);
}

/** How often consecutive amounts, those of nothing left out, change their sign. */
export function signChanges(flows: readonly number[]): number {
  const signs = flows.filter((flow) => flow !== 0).map((flow) => Math.sign(flow));
  return signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
}

/** Lowest and highest yearly rate that is looked for. */
const lowestRate = -0.99;
const highestRate = 1_000;

/**
 * Yearly rate at which the net present value of monthly amounts is nothing.
 *
 *   Σ_k f_k · (1 + IRR)^(−k / 12) = 0
 *
 * f_k amount at the end of month k [USD]
 *
 * Null where no rate exists because the amounts never change their sign, where several may exist because they change it more than once
 * (Descartes' rule of signs), and where the rate lies outside −99 % to 100,000 % a year.
 * Source: standard definition (from memory).
 */
export function internalRateOfReturn(flows: readonly number[]): number | null {
  if (signChanges(flows) !== 1) return null;
  let [low, high] = [lowestRate, highestRate];
  const atLow = netPresentValue(flows, low);
  if (!Number.isFinite(atLow) || atLow * netPresentValue(flows, high) > 0) return null;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (netPresentValue(flows, middle) * atLow > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** First month at whose end the amounts so far add up to at least nothing, not discounted; null when they never do. */
export function paybackMonth(flows: readonly number[]): number | null {
  let sum = 0;
  for (const [month, flow] of flows.entries()) {
    sum += flow;
    if (month > 0 && sum >= 0) return month;
  }
  return null;
}
