import type { Serving } from './serving';

/**
 * Time that weights kept in the host's memory hold up a pass: they are streamed in while the pass runs, once per pass.
 *
 *   t = max(0, w · W / (T · P · H) − t_pass)
 *
 * w share of the weights kept there [1] · W weights [B] · T, P tensor- and pipeline-parallel degree [1] · H bandwidth between
 * host and accelerator, one direction [B/s] · t_pass time of the pass by itself [s]
 *
 * Leaves out: several accelerators sharing the host's memory bandwidth, experts fetched only when touched.
 * Source: Sheng et al. 2023, FlexGen, https://arxiv.org/abs/2303.06865 (from memory): streaming overlaps with computation.
 */
export function offloadWaitSeconds(serving: Serving, passSeconds: number): number {
  const { hostBytesPerAccelerator, device } = serving;
  if (hostBytesPerAccelerator === 0) return 0;
  const streaming = hostBytesPerAccelerator / device.constants.hostBusBytesPerSecond;
  return Math.max(0, streaming - passSeconds);
}
