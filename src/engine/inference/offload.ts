import { cacheBytesOf } from './attention';
import { residentBatch } from './capacity';
import type { Serving } from './serving';

/**
 * Time that what is kept in the host's memory holds up a pass: it is streamed in while the pass runs, once per pass.
 *
 *   t = max(0, (w · W / (T · P) + C) / H − t_pass)
 *
 * w share of the weights kept there [1] · W weights [B] · T, P tensor- and pipeline-parallel degree [1] · C caches kept there, see
 * hostedCacheBytes [B] · H bandwidth between host and accelerator, one direction [B/s] · t_pass time of the pass by itself [s]
 *
 * Leaves out: several accelerators sharing the host's memory bandwidth, experts fetched only when touched, the way of new
 * cache to the host, which is the other direction.
 * Source: Sheng et al. 2023, FlexGen, https://arxiv.org/abs/2303.06865 (from memory): streaming overlaps with computation.
 */
export function offloadWaitSeconds(serving: Serving, passSeconds: number, hostedCache = 0): number {
  const bytes = serving.hostBytesPerAccelerator + hostedCache;
  if (bytes === 0) return 0;
  return Math.max(0, bytes / serving.device.hostBytesPerSecond - passSeconds);
}

/**
 * Caches of one accelerator that stand in the host's memory and are read there for every token.
 *
 *   C = max(0, B − ⌊ M_cache / M(c) ⌋) · M(c)
 *
 * B requests in flight [1] · M_cache, M(c) as in maximumBatch [B]
 *
 * Leaves out: attention computed by the host, further tiers (disks). Source: as offloadWaitSeconds.
 */
export function hostedCacheBytes(serving: Serving, batch: number, contextTokens: number): number {
  if (serving.hostCacheBytes === undefined) return 0;
  const beyond = Math.max(0, batch - residentBatch(serving, contextTokens));
  return beyond * cacheBytesOf(serving, contextTokens);
}
