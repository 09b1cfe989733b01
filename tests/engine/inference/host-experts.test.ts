import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { describeDevice } from '@engine/hardware/device';
import { servingMemory } from '@engine/inference/capacity';
import { decodeStep } from '@engine/inference/decode';
import { expertSeconds, expertsTouched } from '@engine/inference/experts';
import { hostExpertSeconds, hostProcessor } from '@engine/inference/host-experts';
import { estimateCases } from '../../../src/cli/estimate/estimate';
import { acceleratorOf, architectureOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const { assumptions } = bundledCatalogue;
const xeon = describeDevice(acceleratorOf('xeon-8480plus'), null, assumptions);
const deepseek = architectureOf('deepseek-v3');
const perExpert = 3 * 7168 * 2048;

function host(sockets: number) {
  const found = hostProcessor(xeon, sockets, 1);
  if (found === null) throw new Error('The processor has no vector rate.');
  return found;
}

function predictionOf(changes: Record<string, unknown>, serving: Record<string, unknown> = {}) {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: 'DeepSeek-V3' },
        hardware: { accelerator: 'RTX 4090', count: 1 },
        serving: {
          engine: 'KTransformers 0.2.1',
          weights_precision: 'Q4_K_M',
          batch_or_concurrency: 1,
          input_len: 1000,
          output_len: 300,
          mode: 'latency',
          ...serving,
        },
        ...changes,
      },
    ],
    bundledCatalogue,
  );
  if (!prediction) throw new Error('nothing predicted');
  return prediction;
}

describe('experts in the memory of the host', () => {
  test('take the time of reading those touched, or of multiplying every row', () => {
    const { bytesPerSecond, flopPerSecond } = host(2);
    expect(bytesPerSecond).toBeCloseTo(
      2 * xeon.memoryBytesPerSecond * xeon.constants.matmulMemoryFraction,
      0,
    );
    const one = hostExpertSeconds(host(2), deepseek, 0.6, 1, 8);
    expect(one).toBeGreaterThanOrEqual((8 * perExpert * 0.6) / bytesPerSecond);
    const many = hostExpertSeconds(host(2), deepseek, 0.6, 4096, 256);
    const work = (4096 * 8 * 2 * perExpert) / flopPerSecond;
    expect(many / work).toBeGreaterThanOrEqual(1);
    expect(many / work).toBeLessThan(1.2);
    expect(hostExpertSeconds(host(1), deepseek, 0.6, 1, 8) / one).toBeCloseTo(2, 9);
    expect(hostExpertSeconds(host(1), architectureOf('llama-3.1-8b'), 0.6, 1, 8)).toBe(0);
  });

  test('leave the accelerator the rest of the model', () => {
    const changes = {
      modelId: 'deepseek-v3',
      acceleratorId: 'rtx-4090',
      weightPrecision: 'fp4',
      weightBits: 4.85,
      hasNarrowEmbedding: true,
    } as const;
    const whole = replicaOf(changes);
    const split = replicaOf({ ...changes, hostExperts: host(2) });
    const routed = (58 * 256 * perExpert * 4.85) / 8;
    expect(whole.weightBytesPerAccelerator - split.weightBytesPerAccelerator).toBeCloseTo(
      routed,
      -6,
    );
    expect(servingMemory(whole).cache).toBeLessThan(0);
    expect(servingMemory(split).cache).toBeGreaterThan(0);
    const touched = expertsTouched(256, 8, 1);
    const layer = expertSeconds(split, 1);
    expect(layer).toBeGreaterThan(hostExpertSeconds(host(2), deepseek, 4.85 / 8, 1, touched));
    expect(decodeStep(split, 1, 512).total).toBeGreaterThan(58 * layer);
  });

  test('serve a model that the accelerator cannot hold, faster with two processors than with one', () => {
    const rate = (cpu?: string) =>
      predictionOf({ cpu, offload: 'experts on CPU' }).predicted?.output_tokens_per_s_total ?? 0;
    expect(rate('2x Intel Xeon Gold 6454S')).toBeGreaterThan(1.3 * rate('Intel Xeon Gold 6454S'));
    expect(rate()).toBeGreaterThan(0);
    expect(predictionOf({}).assumptions.join()).toContain('2 × Xeon Platinum 8480+');
    expect(predictionOf({}, { engine: 'vLLM 0.10' }).error).toContain('The weights do not fit');
  });

  test('of a dense model are none', () => {
    const dense = { model: { name: 'Llama-3.1-8B' } };
    const kept = predictionOf({ ...dense, offload: 'experts on CPU' });
    expect(kept.predicted).toEqual(predictionOf(dense).predicted);
  });
});
