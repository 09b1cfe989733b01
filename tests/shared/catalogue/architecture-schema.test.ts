import { describe, expect, it } from 'vitest';
import type { RecurrentMixer } from '@engine/catalogue/types';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { modelSchema } from '@shared/catalogue/schema';

const [model] = catalogue.models.values();

function isAccepted(change: object): boolean {
  return modelSchema.safeParse({ ...model, architecture: { ...model?.architecture, ...change } })
    .success;
}

const mixers: readonly RecurrentMixer[] = [
  {
    kind: 'mamba',
    layers: 28,
    innerWidth: 8192,
    stateWidth: 16,
    timeStepRank: 256,
    convolution: 4,
  },
  {
    kind: 'mamba-2',
    layers: 24,
    heads: 128,
    headDim: 64,
    groups: 8,
    stateWidth: 128,
    convolution: 4,
  },
  {
    kind: 'gated-delta',
    layers: 36,
    keyHeads: 16,
    keyHeadDim: 128,
    valueHeads: 32,
    valueHeadDim: 128,
    convolution: 4,
  },
  { kind: 'lightning', layers: 70, heads: 64, headDim: 128 },
  { kind: 'kimi-delta', layers: 20, heads: 32, headDim: 128, convolution: 4 },
  { kind: 'short-convolution', layers: 18, width: 2048, convolution: 3 },
];

describe.each(mixers.map((mixer) => [mixer.kind, mixer] as const))(
  'a recurrence of kind %s',
  (_kind, mixer) => {
    it('is accepted whole, and without any of its sizes refused', () => {
      expect(isAccepted({ recurrentMixer: mixer })).toBe(true);
      for (const field of Object.keys(mixer)) {
        const without = Object.fromEntries(Object.entries(mixer).filter(([key]) => key !== field));
        expect(isAccepted({ recurrentMixer: without }), field).toBe(false);
      }
    });

    it('has no sizes of another kind, and none below one', () => {
      expect(isAccepted({ recurrentMixer: { ...mixer, colour: 1 } })).toBe(false);
      for (const layers of [0, -1, 0.5, '8', null, Number.NaN]) {
        expect(isAccepted({ recurrentMixer: { ...mixer, layers } }), String(layers)).toBe(false);
      }
      const others = mixers.filter(({ kind }) => kind !== mixer.kind);
      for (const { kind } of others) {
        expect(isAccepted({ recurrentMixer: { ...mixer, kind } }), kind).toBe(false);
      }
    });
  },
);

it.each<[string, object, boolean]>([
  ['a window of half the layers', { slidingWindow: { tokens: 128, layerShare: 0.5 } }, true],
  ['a window of more than all', { slidingWindow: { tokens: 128, layerShare: 1.01 } }, false],
  ['a window of no tokens', { slidingWindow: { tokens: 0, layerShare: 1 } }, false],
  ['no layers with attention', { attentionLayerShare: 0 }, true],
  ['fewer than none', { attentionLayerShare: -0.1 }, false],
  ['no feed-forward blocks', { feedForwardLayers: 0 }, true],
  ['half a feed-forward block', { feedForwardLayers: 0.5 }, false],
  ['a prediction module', { predictionModules: 1 }, true],
  ['a prediction module too few', { predictionModules: 0 }, false],
  ['biases everywhere', { biases: 'all' }, true],
  ['biases that nobody defined', { biases: 'some' }, false],
])('an architecture with %s', (_what, change, expected) => {
  expect(isAccepted(change)).toBe(expected);
});

it('the layers of every model of the catalogue add up: attention and recurrence', () => {
  const hybrids = [...catalogue.models.values()].filter(
    ({ architecture }) => architecture.recurrentMixer !== undefined,
  );
  expect(hybrids.length).toBeGreaterThan(0);
  for (const { id, architecture } of hybrids) {
    const { layers, recurrentMixer, attentionLayerShare = 1 } = architecture;
    const attending = layers * attentionLayerShare;
    expect(attending + (recurrentMixer?.layers ?? 0), id).toBeCloseTo(layers, 9);
  }
});
