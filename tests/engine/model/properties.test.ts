import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Architecture, Precision } from '@engine/catalogue/types';
import { keyValueBytesPerToken, weightBytes } from '@engine/model/bytes';
import {
  attentionFlopPerToken,
  forwardFlopPerToken,
  trainingFlopPerToken,
} from '@engine/model/flop';
import { countParameters, feedForwardMatrices } from '@engine/model/parameters';
import { bytesPerElement } from '@engine/model/precision';
import { architectureOf } from '../../fixtures/engine-fixture';

const count = (max: number) => fc.integer({ min: 1, max });

const anyExperts = fc.integer({ min: 1, max: 256 }).chain((experts) =>
  fc.record({
    experts: fc.constant(experts),
    expertsPerToken: fc.integer({ min: 1, max: experts }),
    expertFfn: count(8_192),
    sharedExperts: fc.integer({ min: 0, max: 4 }),
    denseLayers: fc.integer({ min: 0, max: 8 }),
  }),
);

const anyLatent = fc.record({
  queryRank: fc.option(count(2_048)),
  keyValueRank: count(1_024),
  noPositionHeadDim: count(256),
  rotaryHeadDim: count(128),
  valueHeadDim: count(256),
});

const anyArchitecture: fc.Arbitrary<Architecture> = fc.record({
  layers: count(130),
  hidden: count(20_480),
  heads: count(128),
  keyValueHeads: count(128),
  headDim: count(256),
  ffn: count(81_920),
  isGated: fc.boolean(),
  vocabulary: count(262_144),
  hasTiedEmbeddings: fc.boolean(),
  latentAttention: fc.option(anyLatent),
  mixtureOfExperts: fc.option(anyExperts),
  contextLength: count(1e6),
});

function always(check: (architecture: Architecture) => void): void {
  fc.assert(fc.property(anyArchitecture, check));
}

function total(architecture: Architecture): number {
  return countParameters(architecture).total;
}

describe('parameters of any architecture', () => {
  it('are whole numbers, none negative', () => {
    always((architecture) => {
      for (const value of Object.values(countParameters(architecture))) {
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it('pass every token through at most all of them', () => {
    always((architecture) => {
      const {
        active,
        total: all,
        routedExperts,
        expertFeedForward,
      } = countParameters(architecture);
      expect(active).toBeLessThanOrEqual(all);
      expect(routedExperts).toBeLessThanOrEqual(expertFeedForward);
    });
  });

  it.each(['layers', 'hidden', 'heads', 'headDim', 'vocabulary'] as const)(
    'grow with %s',
    (field) => {
      always((architecture) => {
        const larger = { ...architecture, [field]: architecture[field] + 1 };
        expect(total(larger)).toBeGreaterThanOrEqual(total(architecture));
      });
    },
  );

  it('are fewer by one embedding when input and output share it', () => {
    always((architecture) => {
      const tied = total({ ...architecture, hasTiedEmbeddings: true });
      const untied = total({ ...architecture, hasTiedEmbeddings: false });
      expect(untied - tied).toBe(architecture.vocabulary * architecture.hidden);
    });
  });

  it('have a third matrix in every block that is gated', () => {
    always((architecture) => {
      const dense = { ...architecture, mixtureOfExperts: null };
      const [gated, plain] = [true, false].map((isGated) => total({ ...dense, isGated }));
      const block = architecture.hidden * architecture.ffn;
      expect((gated ?? 0) - (plain ?? 0)).toBe(architecture.layers * block);
      expect(feedForwardMatrices(architecture)).toBe(architecture.isGated ? 3 : 2);
    });
  });

  it('are all active when every expert is visited', () => {
    always((architecture) => {
      const { mixtureOfExperts } = architecture;
      if (!mixtureOfExperts) return;
      const all = { ...mixtureOfExperts, expertsPerToken: mixtureOfExperts.experts };
      const counted = countParameters({ ...architecture, mixtureOfExperts: all });
      expect(counted.active).toBe(counted.total);
    });
  });

  it('add one layer at a time: n layers cost n times one', () => {
    always((architecture) => {
      const dense = { ...architecture, mixtureOfExperts: null };
      const of = (layers: number): number => total({ ...dense, layers });
      expect(of(9) - of(8)).toBe(of(5) - of(4));
    });
  });
});

describe('bytes of any architecture', () => {
  it('of the cache are in proportion to layers and width, whatever the attention', () => {
    always((architecture) => {
      const bytes = keyValueBytesPerToken(architecture, 2);
      expect(keyValueBytesPerToken(architecture, 1)).toBe(bytes / 2);
      const twice = { ...architecture, layers: 2 * architecture.layers };
      expect(keyValueBytesPerToken(twice, 2)).toBe(2 * bytes);
    });
  });

  it('of the cache do not depend on the number of query heads', () => {
    always((architecture) => {
      const more = { ...architecture, heads: architecture.heads + 7 };
      expect(keyValueBytesPerToken(more, 2)).toBe(keyValueBytesPerToken(architecture, 2));
    });
  });

  it.each<[Precision, number]>([
    ['fp64', 8],
    ['fp32', 4],
    ['tf32', 4],
    ['bf16', 2],
    ['fp16', 2],
    ['fp8', 1],
    ['int8', 1],
    ['fp4', 0.5],
  ])('of a weight in %s are %d', (precision, bytes) => {
    expect(bytesPerElement(precision)).toBe(bytes);
    const architecture = architectureOf('llama-3.1-8b');
    expect(weightBytes(architecture, precision)).toBe(bytes * 8_030_261_248);
  });
});

describe('work of any architecture', () => {
  const tokens = fc.integer({ min: 0, max: 1_000_000 });

  it('never falls with the context, and attention is in proportion to it', () => {
    fc.assert(
      fc.property(anyArchitecture, tokens, (architecture, attended) => {
        const one = attentionFlopPerToken(architecture, 1);
        expect(attentionFlopPerToken(architecture, attended)).toBe(one * attended);
        expect(forwardFlopPerToken(architecture, attended + 1)).toBeGreaterThan(
          forwardFlopPerToken(architecture, attended),
        );
      }),
    );
  });

  it('in training is about three times that of the forward pass', () => {
    fc.assert(
      fc.property(anyArchitecture, tokens, (architecture, length) => {
        const { multipliedPerToken, active } = countParameters(architecture);
        const threePasses = 3 * forwardFlopPerToken(architecture, length);
        const rest = 6 * (active - multipliedPerToken);
        const difference = trainingFlopPerToken(architecture, length) - threePasses - rest;
        expect(Math.abs(difference)).toBeLessThanOrEqual(1e-9 * threePasses);
      }),
    );
  });
});
