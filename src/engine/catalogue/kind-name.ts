import type { Accelerator } from './types';

/** What one accelerator of that kind is called. */
export const kindName: Readonly<Record<Accelerator['kind'], string>> = {
  gpu: 'GPU',
  tpu: 'TPU',
  npu: 'NPU',
  cpu: 'CPU',
};
