import type { Device } from './device';

/**
 * Time of a kernel that only moves data: element-wise work, normalisation, the optimizer, reading a key–value cache.
 *
 *   t = t₀ + S / (σ · B)
 *
 * S bytes read and written [B] · B memory bandwidth [B/s] · σ share that streaming kernels reach · t₀ time of the smallest kernel [s]
 *
 * Leaves out: cache hits, bank conflicts, uncoalesced access.
 * Source: σ from the decode-attention timings of ai-dynamo/aiconfigurator (Apache-2.0, © NVIDIA Corporation & Affiliates),
 * commit 095f58a, https://github.com/ai-dynamo/aiconfigurator, read 2026-11-23.
 */
export function memorySeconds(device: Device, bytes: number): number {
  return device.constants.kernelFloorSeconds + streamSeconds(device, bytes);
}

/** As memorySeconds without the floor of a kernel. */
export function streamSeconds(device: Device, bytes: number): number {
  return bytes / (device.memoryBytesPerSecond * device.constants.streamFraction);
}
