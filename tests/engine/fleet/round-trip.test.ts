import { describe, expect, it } from 'vitest';
import { distanceKm, roundTripSeconds } from '@engine/fleet/round-trip';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

describe('distance', () => {
  // Published great-circle distances between the cities, to one part in a hundred.
  it.each([
    ['gcp-europe-west2', 'us-ny', 5_570],
    ['gcp-asia-northeast1', 'gcp-europe-west3', 9_350],
    ['gcp-asia-southeast1', 'gcp-australia-southeast1', 6_300],
  ])('from %s to %s is about %i km, both ways', (from, to, km) => {
    const there = distanceKm(catalogue, from, to) ?? 0;
    expect(Math.abs(there / km - 1)).toBeLessThan(0.01);
    expect(distanceKm(catalogue, to, from)).toBeCloseTo(there, 9);
  });

  it('is nothing within a region, and at most half the way round', () => {
    const ids = [...catalogue.places.keys()];
    for (const id of ids) {
      expect(distanceKm(catalogue, id, id)).toBe(0);
      const far = distanceKm(catalogue, id, 'nzl') ?? Infinity;
      expect(far).toBeLessThanOrEqual(20_016);
    }
  });

  it('is not known for a region without a place; every region has one', () => {
    expect(distanceKm(catalogue, 'atlantis', 'nor')).toBeNull();
    expect(roundTripSeconds(catalogue, 'nor', 'atlantis')).toBeNull();
    expect([...catalogue.places.keys()].toSorted()).toEqual(
      [...catalogue.regions.keys()].toSorted(),
    );
  });

  it.each([...catalogue.places.values()].map((place) => [place.regionId, place] as const))(
    'of %s starts on the globe, from a known source',
    (_id, { latitude, longitude }) => {
      expect(Math.abs(latitude.value)).toBeLessThanOrEqual(90);
      expect(Math.abs(longitude.value)).toBeLessThanOrEqual(180);
      expect(catalogue.sources.has(latitude.source)).toBe(true);
    },
  );
});

describe('a round trip', () => {
  it('from London to New York takes about 90 ms: light in fibre on a longer path, and the last mile', () => {
    const seconds = roundTripSeconds(catalogue, 'gcp-europe-west2', 'us-ny') ?? 0;
    const light = (2 * 5_570) / 204_190;
    expect(seconds).toBeGreaterThan(light);
    expect(seconds * 1e3).toBeGreaterThan(75);
    expect(seconds * 1e3).toBeLessThan(105);
  });

  it('within a region is the last mile alone', () => {
    expect(roundTripSeconds(catalogue, 'nor', 'nor')).toBeCloseTo(0.01, 9);
  });
});
