import type { Device } from '../hardware/device';
import type { Serving } from './serving';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** Defaults by memory, in GiB: prompt tokens taken together, and requests captured as graphs with few and with many tensor ranks. */
const memoryClasses = [
  { from: 160, promptTokens: 16384, few: 512, many: 512 },
  { from: 60, promptTokens: 8192, few: 256, many: 512 },
  { from: 35, promptTokens: 4096, few: 32, many: 160 },
  { from: 20, promptTokens: 2048, few: 24, many: 80 },
  { from: 0, promptTokens: 2048, few: 8, many: 8 },
] as const;
const manyRanks = 4;

function classOf({ memoryBytes }: Device, bytesPerByte: number) {
  const size = (memoryBytes * bytesPerByte) / gibibyte;
  return memoryClasses.find(({ from }) => size >= from) ?? memoryClasses[4];
}

/** Prompt tokens that SGLang takes together on a part of so much memory, unless told otherwise; source: as reservedBytes. */
export function promptTokensByMemory(device: Device, bytesPerByte: number): number {
  return classOf(device, bytesPerByte).promptTokens;
}

/**
 * Memory of one accelerator that SGLang keeps free of weights and cache, where nobody states the share.
 *
 *   M_free = 512 MiB + r · s + 2 MiB · B + T · P / 8 · 1 GiB,   at least 10 GiB of more than 60 GiB
 *
 * s prompt tokens in one pass by default [1] · r kept for each of their activations [B] · B requests of the largest captured step [1] · T, P tensor- and pipeline-parallel degree [1]
 *
 * Leaves out: more for proposed tokens (2 GiB), attention in groups and models that see; other prompt tokens than the default for the memory, whose user states the share as well.
 * Source: _handle_gpu_memory_settings of python/sglang/srt/server_args.py, https://github.com/sgl-project/sglang/pull/10975, read 2026-11-30.
 */
export function reservedBytes({
  device,
  constants,
  tensorParallel,
  pipelineParallel,
}: Serving): number {
  const memory = device.memoryBytes * constants.gibibytes;
  const size = memory / gibibyte;
  const { promptTokens, few, many } = classOf(device, constants.gibibytes);
  const batch = tensorParallel < manyRanks ? few : many;
  const reserved =
    512 * mebibyte +
    constants.activationReserveBytes * promptTokens +
    2 * mebibyte * batch +
    ((tensorParallel * pipelineParallel) / 8) * gibibyte;
  return size > 60 ? Math.max(10 * gibibyte, reserved) : reserved;
}
