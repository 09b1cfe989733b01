import type { Precision } from '../catalogue/types';
import { allGatherSeconds, linkFor } from '../hardware/collective';
import type { Device } from '../hardware/device';
import { matmulSeconds } from '../hardware/matmul';

/** A square matrix product and how it is spread. */
export interface SplitProduct {
  /** rows and columns of each matrix */
  readonly edge: number;
  readonly precision: Precision;
  readonly workers: number;
}

export interface SplitTime {
  readonly workers: number;
  /** multiplying the own stripe [s] */
  readonly compute: number;
  /** giving it to all others [s] */
  readonly communicate: number;
  readonly total: number;
}

const resultBytes = 2;

/**
 * Time of one matrix product of edge m whose result is wanted by all who share it: every worker multiplies the whole left matrix
 * with its stripe of columns of the right one, then all stripes are gathered.
 *
 *   t(n) = t_product(m, ⌈m / n⌉, m) + t_all-gather(2 · m² bytes, n)
 *
 * n workers [1] · m edge [1]; t_product see matmulSeconds, t_all-gather see allGatherSeconds over the link that n neighbours have.
 *
 * Leaves out: bringing both matrices to the workers; sending stripes while others are still computed.
 * Source: column-parallel products as in Shoeybi et al. 2019, Megatron-LM, section 3, https://arxiv.org/abs/1909.08053, from memory.
 */
export function splitProductSeconds(device: Device, product: SplitProduct): SplitTime {
  const { edge, precision, workers } = product;
  const compute = matmulSeconds(device, precision, edge, Math.ceil(edge / workers), edge);
  const communicate = allGatherSeconds(
    resultBytes * edge * edge,
    workers,
    linkFor(device, workers, 1),
  );
  return { workers, compute, communicate, total: compute + communicate };
}

/**
 * Time of the same product on some cores of a processor, which share one memory: nothing is sent, but all draw on one bandwidth.
 * The device is the processor with so many cores; see withCores.
 *
 * Leaves out: caches, and clocks that fall as more cores work.
 */
export function sharedMemorySeconds(device: Device, product: SplitProduct): SplitTime {
  const { edge, precision, workers } = product;
  const compute = matmulSeconds(device, precision, edge, edge, edge);
  return { workers, compute, communicate: 0, total: compute };
}
