import { describe, expect, it } from 'vitest';
import { streamSeconds } from '@engine/hardware/memory';
import { layerKinds } from '@engine/model/layer-kinds';
import { recurrentSize } from '@engine/model/recurrent-mixer';
import type { ContextExchange } from '@engine/plan';
import { dataParallelTime } from '@engine/training/communication';
import { contextParallelSeconds } from '@engine/training/context-exchange';
import { parametersPerAccelerator } from '@engine/training/model-state';
import { jobOf, linkRate, lossless, partOf, withIdealLinks } from './ideal-device';

const ideal = withIdealLinks(partOf('h100-sxm'), 64);

function sent(contextExchange: ContextExchange | undefined, attention = 0): number {
  const layout = { contextParallel: 8, contextExchange };
  const job = jobOf('llama-3.1-8b', layout, { sequenceLength: 65_536 });
  return contextParallelSeconds(job, ideal, lossless, attention) * linkRate;
}

/** Of Llama 3.1 8B: 32 heads, 8 for keys and values, 128 wide; 8,192 tokens on each of 8 ranks. */
const tokens = 8_192;
const keyValues = tokens * 2 * 8 * 128 * 2;

describe('what context-parallel ranks send', () => {
  it('is the same volume gathered or around the ring: three times the keys and values of seven others', () => {
    expect(sent('all-gather') / (3 * 7 * keyValues)).toBeCloseTo(1, 9);
    expect(sent('ring') / (3 * 7 * keyValues)).toBeCloseTo(1, 9);
    expect(sent(undefined)).toBe(sent('all-gather'));
  });

  it('is queries, keys, values and outputs, there and back, with Ulysses', () => {
    const own = keyValues + tokens * 2 * 32 * 128 * 2;
    expect(sent('ulysses') / ((2 * 7 * own) / 8)).toBeCloseTo(1, 9);
  });

  it('hides behind the attention of a ring, never below nothing', () => {
    const seconds = sent('ring') / linkRate;
    expect(sent('ring', seconds / 4) / sent('ring')).toBeCloseTo(3 / 4, 9);
    expect(sent('ring', 2 * seconds)).toBe(0);
    expect(sent('all-gather', 2 * seconds)).toBe(sent('all-gather'));
  });

  it('is all inputs and outputs of a recurrence, which runs through whole sequences', () => {
    const job = jobOf('nemotron-h-8b', { contextParallel: 8 }, { sequenceLength: 65_536 });
    const { architecture } = job;
    const { recurrentMixer, layers, keyValueHeads, headDim } = architecture;
    if (!recurrentMixer) throw new Error('No layer of this model has a recurrence.');
    const { inward, outward } = recurrentSize(recurrentMixer);
    const moved = tokens * 2 * (inward + outward);
    // Each way once through the links and twice through memory, read and written.
    const oneWay = (7 / 8) * (moved / linkRate) + streamSeconds(ideal, 4 * moved);
    const share = layerKinds(architecture).recurrent / layers;
    const gathered = (3 * 7 * tokens * 2 * 2 * keyValueHeads * headDim) / linkRate;
    expect(contextParallelSeconds(job, ideal, lossless, 0)).toBeCloseTo(
      share * 2 * oneWay + (1 - share) * gathered,
      9,
    );
  });

  it('is nothing where one rank has the whole sequence', () => {
    expect(contextParallelSeconds(jobOf('llama-3.1-8b'), ideal, lossless, 0)).toBe(0);
  });
});

describe('hybrid sharding', () => {
  const time = (shardGroup: number | undefined) => {
    const job = jobOf('llama-3.1-8b', { zeroStage: 3, shardGroup }, { dataParallel: 64 });
    return dataParallelTime(job, ideal);
  };
  const bytes = 2 * parametersPerAccelerator(jobOf('llama-3.1-8b')).dense;

  it('gathers and scatters within its group in every micro-batch', () => {
    expect((time(8).perMicroBatch * linkRate) / ((3 * 7 * bytes) / 8)).toBeCloseTo(1, 9);
    expect(time(8).perMicroBatch).toBeLessThan(time(undefined).perMicroBatch);
  });

  it('sums its shards between the eight groups once per step', () => {
    expect((time(8).perStep * linkRate) / ((2 * 7 * bytes) / 8 / 8)).toBeCloseTo(1, 9);
    expect(time(undefined).perStep).toBe(0);
    expect(time(64)).toEqual(time(undefined));
  });
});
