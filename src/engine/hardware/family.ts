import type { Accelerator } from '../catalogue/types';

/** A line of parts that run the same kernels about equally well. */
export type AcceleratorFamily =
  | 'ampere'
  | 'ada'
  | 'hopper'
  | 'blackwell'
  | 'blackwell-client'
  | 'cdna'
  | 'cdna-4'
  | 'radeon'
  | 'intel'
  | 'intel-integrated'
  | 'apple'
  | 'cpu'
  | 'ascend'
  | 'other';

/** The line that a part belongs to, told by its maker, its arithmetic and whether it has a scale-up link. */
export function acceleratorFamily(accelerator: Accelerator): AcceleratorFamily {
  const { vendor, kind, peakDense, scaleUpBandwidth, isWholeComputer } = accelerator;
  if (kind === 'cpu') return 'cpu';
  switch (vendor.toLowerCase()) {
    case 'nvidia':
      if (peakDense.fp4) return scaleUpBandwidth === null ? 'blackwell-client' : 'blackwell';
      if (peakDense.fp8) return scaleUpBandwidth === null ? 'ada' : 'hopper';
      return 'ampere';
    case 'amd':
      if (scaleUpBandwidth === null && !peakDense.fp64) return 'radeon';
      return peakDense.fp4 ? 'cdna-4' : 'cdna';
    case 'intel':
      if (kind !== 'gpu') return 'other';
      return isWholeComputer ? 'intel-integrated' : 'intel';
    case 'apple':
      return 'apple';
    case 'huawei':
      return 'ascend';
    default:
      return 'other';
  }
}
