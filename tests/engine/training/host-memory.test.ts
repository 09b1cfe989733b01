import { describe, expect, it } from 'vitest';
import type { TrainingLayout } from '@engine/plan';
import { stageLayersInFlight } from '@engine/training/layers-in-flight';
import { keptLayerBytes, trainingMemory } from '@engine/training/memory';
import { stepTime } from '@engine/training/step-time';
import { constants, jobOf, partOf } from './ideal-device';

const model = 'llama-3.1-70b';
const base: Partial<TrainingLayout> = { tensorParallel: 8, recompute: 'none', microBatch: 1 };
const job = (layout: Partial<TrainingLayout> = {}) => jobOf(model, { ...base, ...layout });
const activations = (layout: Partial<TrainingLayout> = {}) =>
  trainingMemory(job(layout), constants).activations;

describe('activations that wait in the memory of the host', () => {
  it('leave two layers on the accelerator, of those that go', () => {
    const one = keptLayerBytes(job());
    expect(activations()).toBeCloseTo(80 * one, -3);
    expect(activations({ offloadedLayers: 80 })).toBeCloseTo(2 * one, -3);
    expect(activations({ offloadedLayers: 999 })).toBeCloseTo(2 * one, -3);
    expect(activations({ offloadedLayers: 40 })).toBeCloseTo(42 * one, -3);
    expect(activations({ offloadedLayers: 1 })).toBeCloseTo(80 * one, -3);
  });

  it('count by layers of a stage', () => {
    const stages = { pipelineParallel: 8 };
    const inFlight = stageLayersInFlight(job(stages), 0);
    const one = keptLayerBytes(job(stages));
    expect(activations({ ...stages, offloadedLayers: 10 })).toBeCloseTo(2 * one, -3);
    expect(activations({ ...stages, offloadedLayers: 5 })).toBeCloseTo(
      (inFlight / 2 + 2) * one,
      -3,
    );
  });

  it('cost what computation does not hide of the way there and back', () => {
    const usual = partOf('h100-sxm');
    const at = (hostBytesPerSecond: number, layout: Partial<TrainingLayout>) =>
      stepTime(job(layout), { ...usual, hostBytesPerSecond }, constants);
    const all = { offloadedLayers: 80 };
    expect(at(1e15, all).hostTransfer).toBe(0);
    expect(at(1e15, all).total).toBe(at(1e15, {}).total);
    expect(at(1e9, {}).hostTransfer).toBe(0);
    const [slow, slower] = [at(2e9, all), at(1e9, all)];
    const moved = (2 * 80 * keptLayerBytes(job())) / 1e9;
    // On a slow bus every byte more is seen: twice the time of it, less the same computation.
    const batches = job().globalBatch;
    expect(slower.hostTransfer - slow.hostTransfer).toBeCloseTo((batches * moved) / 2, 3);
    expect(slower.total).toBeGreaterThan(slow.total);
  });

  it('cross the link of a superchip without a trace where a bus is too slow', () => {
    const all = { offloadedLayers: 80 };
    const exposed = (part: string) => stepTime(job(all), partOf(part), constants).hostTransfer;
    expect(exposed('gh200')).toBe(0);
    expect(exposed('h100-sxm')).toBeGreaterThan(0);
  });
});
