import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import type { Fact } from '@engine/catalogue/types';

/** Every fact inside a value, however deep. */
function factsIn(value: unknown): Fact[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('quality' in value && 'unit' in value) return [value as Fact];
  return Object.values(value).flatMap(factsIn);
}

const everything = [
  ...catalogue.accelerators.values(),
  ...catalogue.parallelUnits.values(),
  ...catalogue.instances.values(),
  ...catalogue.systems.values(),
  ...catalogue.models.values(),
  ...catalogue.regions.values(),
  ...catalogue.rentalQuotes,
  ...Object.values(catalogue.assumptions),
  ...catalogue.network.switches.values(),
  ...catalogue.network.transceivers.values(),
  ...catalogue.network.networkCards.values(),
  ...catalogue.network.designs.values(),
];

describe('the bundled catalogue', () => {
  it('gives every fact a source that exists', () => {
    const facts = factsIn(everything);
    expect(facts.length).toBeGreaterThan(1_000);
    const missing = facts.filter((fact) => !catalogue.sources.has(fact.source));
    expect(missing).toEqual([]);
  });

  it('never calls a fact read whose source was not read', () => {
    const overstated = factsIn(everything).filter(
      (fact) =>
        catalogue.sources.get(fact.source)?.readOn === 'not read' &&
        fact.quality !== 'from memory' &&
        fact.quality !== 'estimate',
    );
    expect(overstated).toEqual([]);
  });

  it('has the parts that every plan starts from', () => {
    const ids = [
      'a100-sxm-80gb',
      'h100-sxm',
      'h800-sxm',
      'h200-sxm',
      'b200-sxm',
      'gb200',
      'mi300x',
      'xeon-6980p',
    ];
    expect(ids.filter((id) => !catalogue.accelerators.has(id))).toEqual([]);
    expect(catalogue.models.size).toBeGreaterThanOrEqual(20);
    expect(catalogue.date).toBe('2026-11-30');
  });

  it('keeps identifiers unique and references alive', () => {
    const quoteIds = catalogue.rentalQuotes.map((quote) => quote.id);
    expect(new Set(quoteIds).size).toBe(quoteIds.length);
    const dangling = [...catalogue.systems.values(), ...catalogue.rentalQuotes]
      .filter((row) => !catalogue.accelerators.has(row.acceleratorId))
      .map((row) => row.id);
    expect(dangling).toEqual([]);
    const unknown = [...catalogue.models.values()].filter(
      (row) => !catalogue.sources.has(row.source),
    );
    expect(unknown).toEqual([]);
  });

  it('states NVLink in one direction: half of what data sheets print', () => {
    expect(catalogue.accelerators.get('h100-sxm')?.scaleUpBandwidth?.value).toBe(450);
    expect(catalogue.accelerators.get('h800-sxm')?.scaleUpBandwidth?.value).toBe(200);
    expect(catalogue.accelerators.get('b200-sxm')?.scaleUpBandwidth?.value).toBe(900);
  });

  it('states dense rates: 8-bit is never more than 4.4 times, 16-bit never below 8-bit over 4.4', () => {
    for (const row of catalogue.accelerators.values()) {
      const { bf16, fp8 } = row.peakDense;
      if (!bf16 || !fp8) continue;
      expect(fp8.value / bf16.value, row.id).toBeGreaterThanOrEqual(1);
      expect(fp8.value / bf16.value, row.id).toBeLessThan(4.4);
    }
  });
});
