import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Architecture, RecurrentMixer } from '@engine/catalogue/types';
import { cacheBytesPerSequence, keyValueBytesPerToken } from '@engine/model/bytes';
import { attentionFlopPerToken, trainingFlopPerToken } from '@engine/model/flop';
import { layerKinds } from '@engine/model/layer-kinds';
import { countParameters } from '@engine/model/parameters';
import { recurrentSize } from '@engine/model/recurrent-mixer';
import { architectureOf } from '../../fixtures/engine-fixture';

const count = (max: number) => fc.integer({ min: 1, max });

const anyMixer: fc.Arbitrary<RecurrentMixer> = fc.oneof(
  fc.record({
    kind: fc.constant('mamba' as const),
    layers: count(100),
    innerWidth: count(20_000),
    stateWidth: count(256),
    timeStepRank: count(512),
    convolution: count(8),
  }),
  fc.record({
    kind: fc.constant('mamba-2' as const),
    layers: count(100),
    heads: count(256),
    headDim: count(128),
    groups: count(16),
    stateWidth: count(256),
    convolution: count(8),
  }),
  fc.record({
    kind: fc.constant('gated-delta' as const),
    layers: count(100),
    keyHeads: count(64),
    keyHeadDim: count(256),
    valueHeads: count(64),
    valueHeadDim: count(256),
    convolution: count(8),
  }),
  fc.record({
    kind: fc.constant('lightning' as const),
    layers: count(100),
    heads: count(128),
    headDim: count(256),
  }),
  fc.record({
    kind: fc.constant('kimi-delta' as const),
    layers: count(100),
    heads: count(64),
    headDim: count(256),
    convolution: fc.integer({ min: 2, max: 8 }),
  }),
  fc.record({
    kind: fc.constant('short-convolution' as const),
    layers: count(100),
    width: count(8_192),
    convolution: fc.integer({ min: 2, max: 8 }),
  }),
);

function withMixer(recurrentMixer: RecurrentMixer): Architecture {
  const layers = recurrentMixer.layers + 4;
  return { ...architectureOf('llama-3.1-8b'), layers, recurrentMixer };
}

describe('the layers of a model', () => {
  it('are all counted once, whatever they do', () => {
    fc.assert(
      fc.property(
        anyMixer,
        count(8_192),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mixer, tokens, layerShare) => {
          const architecture = { ...withMixer(mixer), slidingWindow: { tokens, layerShare } };
          const { full, windowed, recurrent } = layerKinds(architecture);
          expect(full + windowed + recurrent).toBeCloseTo(architecture.layers, 9);
          expect(recurrent).toBe(mixer.layers);
        },
      ),
    );
  });

  it('with attention are a share where the rest is unknown', () => {
    const architecture = { ...architectureOf('llama-3.1-8b'), attentionLayerShare: 0.25 };
    expect(layerKinds(architecture)).toMatchObject({ full: 8, windowed: 0, recurrent: 24 });
    expect(keyValueBytesPerToken(architecture, 2)).toBe(131_072 / 4);
  });
});

describe('a recurrent layer', () => {
  // Dao and Gu 2024; config of Nemotron-H 8B: 128 heads of 64, 8 groups, state 128, 4 taps.
  it('of Nemotron-H 8B has 18,560 columns in, and a state of 1.05 M numbers', () => {
    const mixer = architectureOf('nemotron-h-8b').recurrentMixer;
    if (!mixer) throw new Error('no mixer');
    const size = recurrentSize(mixer);
    expect(size.inward).toBe(2 * 8_192 + 2 * 8 * 128 + 128);
    expect(size.outward).toBe(8_192);
    expect(size.state).toBe(8_192 * 128 + 3 * (8_192 + 2 * 8 * 128));
  });

  it('of Jamba has the matrices of Mamba: 2 · 8192 columns in, rank 256', () => {
    const mixer = architectureOf('jamba-v0.1').recurrentMixer;
    if (!mixer) throw new Error('no mixer');
    expect(recurrentSize(mixer).inward).toBe(16_384);
    expect(recurrentSize(mixer).inner).toBe(
      8_192 * 5 + 8_192 * (256 + 32) + 257 * 8_192 + 8_192 * 16 + 8_192 + 256 + 32,
    );
  });

  // Kimi Team 2025, config of Kimi-Linear-48B-A3B: 32 heads of 128, 4 taps, gates and decays through a rank of 128.
  it('of Kimi Linear keeps a matrix per head and three inputs of its convolutions', () => {
    const mixer = architectureOf('kimi-linear-48b-a3b').recurrentMixer;
    if (!mixer) throw new Error('no mixer');
    const size = recurrentSize(mixer);
    expect(size.inward).toBe(3 * 4_096 + 2 * 128 + 32);
    expect(size.state).toBe(32 * 128 * 128 + 3 * 3 * 4_096);
  });

  // Liquid AI 2025, config of LFM2-8B-A1B: two gates and an input as wide as the model, 3 taps.
  it('of LFM2 keeps two inputs and nothing else', () => {
    const mixer = architectureOf('lfm2-8b-a1b').recurrentMixer;
    if (!mixer) throw new Error('no mixer');
    const size = recurrentSize(mixer);
    expect(size.inward).toBe(3 * 2_048);
    expect(size.outward).toBe(2_048);
    expect(size.state).toBe(2 * 2_048);
  });

  it('has whole, positive sizes that grow with its layers', () => {
    fc.assert(
      fc.property(anyMixer, (mixer) => {
        for (const value of Object.values(recurrentSize(mixer))) {
          expect(Number.isInteger(value)).toBe(true);
          expect(value).toBeGreaterThan(0);
        }
        const more = withMixer({ ...mixer, layers: mixer.layers + 1 });
        expect(countParameters(more).total).toBeGreaterThan(
          countParameters(withMixer(mixer)).total,
        );
      }),
    );
  });

  it('keeps as much of a long context as of a short one', () => {
    fc.assert(
      fc.property(anyMixer, count(100_000), (mixer, tokens) => {
        const architecture = { ...withMixer(mixer), layers: mixer.layers };
        expect(keyValueBytesPerToken(architecture, 2)).toBe(0);
        expect(cacheBytesPerSequence(architecture, tokens, 2)).toBe(
          cacheBytesPerSequence(architecture, 1, 2),
        );
        expect(attentionFlopPerToken(architecture, tokens)).toBe(
          attentionFlopPerToken(architecture, 1),
        );
      }),
    );
  });
});

describe('a sliding window', () => {
  it('holds the cache of gpt-oss 120B at 128 tokens in every second layer', () => {
    const architecture = architectureOf('gpt-oss-120b');
    const perLayer = 2 * 8 * 64 * 2;
    expect(cacheBytesPerSequence(architecture, 8_192, 2)).toBe(18 * perLayer * (8_192 + 128));
    expect(cacheBytesPerSequence(architecture, 100, 2)).toBe(36 * perLayer * 100);
  });

  it('stops the work of attention from growing beyond it', () => {
    const all = {
      ...architectureOf('llama-3.1-8b'),
      slidingWindow: { tokens: 512, layerShare: 1 },
    };
    expect(attentionFlopPerToken(all, 8_192)).toBe(attentionFlopPerToken(all, 512));
    expect(trainingFlopPerToken(all, 8_192)).toBe(trainingFlopPerToken(all, 512));
  });

  it('that is never reached changes nothing', () => {
    const plain = architectureOf('llama-3.1-8b');
    const windowed = { ...plain, slidingWindow: { tokens: 1_000_000, layerShare: 0.5 } };
    expect(attentionFlopPerToken(windowed, 8_192)).toBe(attentionFlopPerToken(plain, 8_192));
    expect(cacheBytesPerSequence(windowed, 8_192, 2)).toBe(cacheBytesPerSequence(plain, 8_192, 2));
  });
});

describe('what few models have', () => {
  const base = architectureOf('llama-3.1-8b');
  const added = (change: Partial<Architecture>): number =>
    countParameters({ ...base, ...change }).total - countParameters(base).total;

  it('is counted: learned positions, biases, norms of heads, a gate on the output', () => {
    expect(added({ learnedPositions: 2_048 })).toBe(2_048 * 4_096);
    expect(added({ biases: 'query-key-value' })).toBe(32 * (4_096 + 2 * 1_024));
    expect(added({ biases: 'all' })).toBe(
      32 * (6_144 + 4_096 + 4_096 + 2 * 14_336 + 2 * 4_096) + 4_096,
    );
    expect(added({ hasQueryKeyNorm: true })).toBe(32 * 2 * 128);
    expect(added({ hasAttentionGate: true })).toBe(32 * 4_096 * 4_096);
  });

  it('is beside the total where the publisher leaves it out: modules that predict further tokens', () => {
    expect(added({ predictionModules: 1 })).toBe(0);
    const module = countParameters({ ...architectureOf('deepseek-v3'), predictionModules: 1 });
    // DeepSeek-V3 states 14 B of them, 2.6 B of which embed and unembed and are shared with the model.
    expect(module.predictionModules / 1e9).toBeGreaterThan(11);
    expect(module.predictionModules / 1e9).toBeLessThan(12.5);
  });

  it('experts in a latent width are smaller, and projected to', () => {
    const mixtral = architectureOf('mixtral-8x7b');
    const experts = mixtral.mixtureOfExperts;
    if (!experts) throw new Error('no experts');
    const latent = { ...mixtral, mixtureOfExperts: { ...experts, latentWidth: 1_024 } };
    const difference = countParameters(mixtral).total - countParameters(latent).total;
    expect(difference).toBe(32 * (8 * 3 * 3_072 * 14_336 - 2 * 4_096 * 1_024));
    const shared = { ...mixtral, mixtureOfExperts: { ...experts, sharedFfn: 2_048 } };
    expect(countParameters(shared).total - countParameters(mixtral).total).toBe(
      32 * 3 * 4_096 * 2_048,
    );
  });

  it('blocks without a feed-forward part have one norm less', () => {
    expect(added({ feedForwardLayers: 31 })).toBe(-(3 * 4_096 * 14_336 + 4_096));
  });
});
