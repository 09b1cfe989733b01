import type { NetworkCut } from '../../hardware/device';

/** A border with its unit of endpoints; traffic to one neighbour gets `neighbour` of the share that spread traffic gets. */
export function cut(endpoints: number, share: number, neighbour = share): NetworkCut {
  return { accelerators: endpoints, uniformShare: share, neighbourShare: neighbour };
}

/** The borders that hold something back: smaller than the whole network, and narrower than the ports behind them. */
export function blockingCuts(endpoints: number, cuts: readonly NetworkCut[]): NetworkCut[] {
  return cuts.filter(
    ({ accelerators, uniformShare, neighbourShare }) =>
      accelerators < endpoints && Math.min(uniformShare, neighbourShare) < 1 - 1e-9,
  );
}
