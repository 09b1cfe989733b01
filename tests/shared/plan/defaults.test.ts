import { describe, expect, it } from 'vitest';
import type { Catalogue } from '@engine/catalogue/types';
import type { Quantity } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  assumedQuantity,
  clusterDefaults,
  inferenceDefaults,
  siteDefaults,
  trainingDefaults,
} from '@shared/plan/defaults';

function factOf(key: string) {
  const fact = catalogue.assumptions[key];
  if (!fact) throw new Error(`The catalogue has no ${key}.`);
  return fact;
}

function expectSourced(defaults: Readonly<Record<string, Quantity>>): void {
  for (const [field, quantity] of Object.entries(defaults)) {
    expect(quantity.origin, field).toBe('default');
    expect(quantity.note, field).toBeTruthy();
    expect(Number.isFinite(quantity.value), field).toBe(true);
  }
}

describe('an assumption as a default', () => {
  it.each(Object.keys(catalogue.assumptions))('%s keeps its value and names its source', (key) => {
    const fact = factOf(key);
    const quantity = assumedQuantity(catalogue, key);
    expect(quantity.value).toBe(fact.value);
    expect(quantity.note).toContain(catalogue.sources.get(fact.source)?.title);
    expect(quantity.note).toContain(`(${fact.quality})`);
  });

  it('names its range where the catalogue has one', () => {
    expect(assumedQuantity(catalogue, 'pue.global').note).toContain('Range 1.08 to 1.58.');
  });

  it('that the catalogue lacks stops with its name', () => {
    expect(() => assumedQuantity(catalogue, 'no.such')).toThrow("no assumption 'no.such'");
  });
});

describe('a site', () => {
  it('takes electricity and carbon from its region, and the mean PUE', () => {
    const texas = siteDefaults(catalogue, 'us-tx');
    const region = catalogue.regions.get('us-tx');
    expect(texas.electricityUsdPerKwh.value).toBe(region?.electricityPrice?.value);
    expect(texas.gridGramsCo2PerKwh.value).toBe(region?.gridCarbon.value);
    expect(texas.powerUsageEffectiveness.value).toBe(factOf('pue.global').value);
  });

  it('takes the fallback price where its region has none', () => {
    const unpriced = [...catalogue.regions.values()].find((row) => row.electricityPrice === null);
    if (!unpriced) throw new Error('Every region has a price.');
    const { electricityUsdPerKwh } = siteDefaults(catalogue, unpriced.id);
    expect(electricityUsdPerKwh.value).toBe(factOf('region.fallbackElectricity').value);
  });

  it('in an unknown region says that its carbon is not known', () => {
    const { gridGramsCo2PerKwh } = siteDefaults(catalogue, 'atlantis');
    expect(gridGramsCo2PerKwh).toMatchObject({ value: 0, origin: 'default' });
    expect(gridGramsCo2PerKwh.note).toContain("no region 'atlantis'");
  });

  it('anywhere has sourced numbers within the schema', () => {
    for (const id of catalogue.regions.keys()) expectSourced(siteDefaults(catalogue, id));
  });
});

describe('a cluster', () => {
  it.each([...catalogue.systems.keys()])('of %s starts with one node and sourced numbers', (id) => {
    const defaults = clusterDefaults(catalogue, id);
    const system = catalogue.systems.get(id);
    expectSourced(defaults);
    expect(defaults.nodes.value).toBe(1);
    expect(defaults.scaleOutGbpsPerAccelerator.value).toBe(system?.scaleOutBandwidth.value);
    expect(defaults.purchaseUsdPerNode.value).toBe(system?.price?.value ?? 0);
  });

  it('of an unknown system says so of every number that it would have given', () => {
    const { nodes, ...others } = clusterDefaults(catalogue, 'abacus');
    expect(nodes.value).toBe(1);
    for (const quantity of Object.values(others)) {
      expect(quantity.value).toBe(0);
      expect(quantity.note).toContain("no system 'abacus'");
    }
  });
});

describe('a training job', () => {
  const usualLength = factOf('training.sequenceLength').value;
  const batchTokens = factOf('training.batchTokens').value;

  it.each([...catalogue.models.values()].map((model) => [model.id, model] as const))(
    'of %s fits its context and makes about the usual batch',
    (id, model) => {
      const defaults = trainingDefaults(catalogue, id);
      expectSourced(defaults);
      const length = Math.min(usualLength, model.architecture.contextLength);
      expect(defaults.sequenceLength.value).toBe(length);
      const tokens = defaults.globalBatchSequences.value * length;
      expect(Math.abs(tokens - batchTokens)).toBeLessThanOrEqual(length / 2);
    },
  );

  it('has the tokens that were published, else twenty for every parameter', () => {
    expect(trainingDefaults(catalogue, 'llama-3.1-405b').tokens.value).toBe(15.6e12);
    const { tokens } = trainingDefaults(catalogue, 'mistral-7b');
    // Hoffmann et al. 2022, https://arxiv.org/abs/2203.15556: about 20 tokens per parameter.
    expect(tokens.value / 7.24e9).toBeCloseTo(20, 6);
  });

  it('of an unknown model still has usable numbers', () => {
    const { tokens, sequenceLength, globalBatchSequences } = trainingDefaults(catalogue, 'nowhere');
    expect(tokens.value).toBe(20e9);
    expect(sequenceLength.value).toBe(usualLength);
    expect(globalBatchSequences.value).toBe(Math.round(batchTokens / usualLength));
  });

  it('never has a batch of nothing, however long the sequence', () => {
    const long: Catalogue = {
      ...catalogue,
      assumptions: {
        ...catalogue.assumptions,
        'training.batchTokens': { ...factOf('training.batchTokens'), value: 100 },
      },
    };
    expect(trainingDefaults(long, 'llama-3.1-8b').globalBatchSequences.value).toBe(1);
  });
});

it('a service takes each of its numbers from the assumption of that name', () => {
  const defaults = inferenceDefaults(catalogue);
  expectSourced(defaults);
  const keys = Object.keys(catalogue.assumptions).filter((key) => key.startsWith('inference.'));
  expect(Object.keys(defaults)).toHaveLength(keys.length);
  expect(defaults.inputTokens.value).toBe(factOf('inference.inputTokens').value);
  expect(defaults.timeToFirstTokenTargetMs.value).toBe(
    factOf('inference.timeToFirstTokenMs').value,
  );
  expect(defaults.timePerOutputTokenTargetMs.value).toBe(
    factOf('inference.timePerOutputTokenMs').value,
  );
});
