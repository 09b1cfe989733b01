import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exchangeSeconds,
  fibreIndex,
  fibreMilliseconds,
  linkOf,
  routeBetween,
} from '@engine/facility/sites/site-link';
import { reportLinks } from '@engine/facility/sites/report-links';
import type { Site } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity } from '../../../fixtures/engine-fixture';
import { clusterOf, plainInputs } from '../../cost/costed';

function siteWith(id: string, gbps?: number, km?: number): Site {
  return {
    ...clusterOf(plainInputs).site,
    id,
    name: id,
    ...(gbps === undefined ? {} : { linkGbps: quantity(gbps) }),
    ...(km === undefined ? {} : { linkKm: quantity(km) }),
  };
}

const index = fibreIndex(catalogue.assumptions).value;

describe('light in a fibre', () => {
  it('takes about 5 µs per kilometre, as the source of the index states', () => {
    expect(fibreMilliseconds(1, index)).toBeCloseTo(0.005, 3);
    expect(1e3 / fibreMilliseconds(1, index)).toBeCloseTo(204_358, -1);
  });

  it('takes as long as in vacuum for an index of one', () => {
    expect(fibreMilliseconds(299.792458, 1)).toBe(1);
  });
});

describe('the way between two sites', () => {
  it('is as fast as the slower link and as long as both together', () => {
    expect(routeBetween(siteWith('a', 400, 300), siteWith('b', 100, 50))).toEqual({
      gbps: 100,
      km: 350,
    });
  });

  it.each([
    ['no link at all', siteWith('b')],
    ['a link of nothing', siteWith('b', 0, 10)],
  ])('does not exist with %s', (_what, other) => {
    expect(routeBetween(siteWith('a', 400), other)).toBeNull();
    expect(linkOf(other)).toBeNull();
  });

  it('is reported once for every two sites with a link, with its round trip', () => {
    const sites = [
      siteWith('a', 400, 300),
      siteWith('none'),
      siteWith('b', 100, 50),
      siteWith('c', 800),
    ];
    const links = reportLinks(sites, catalogue.assumptions);
    expect(links.map((link) => [link.fromSiteId, link.toSiteId, link.gbps.value])).toEqual([
      ['a', 'b', 100],
      ['a', 'c', 400],
      ['b', 'c', 100],
    ]);
    expect(links[0]?.roundTripMs.value).toBeCloseTo(2 * 350 * 0.004_893_4, 4);
  });

  it('is not listed pair by pair for very many sites', () => {
    const sites = Array.from({ length: 1_000 }, (_, nth) => siteWith(`s${nth}`, 100, nth));
    expect(reportLinks(sites, catalogue.assumptions)).toEqual([]);
  });
});

describe('an exchange between sites', () => {
  // Two sites, 100 GB, 400 Gb/s: each sends half twice, 800 Gb in all, 2 s; 2 steps of 5 ms.
  it.each([
    [2, 100, 400, 5, 2.01],
    [4, 100, 400, 0, 3],
    [1, 100, 400, 5, 0],
  ])('of %i sites, %d GB, %d Gb/s, %d ms takes %d s', (sites, gigabytes, gbps, ms, seconds) => {
    expect(exchangeSeconds(sites, gigabytes, gbps, ms)).toBeCloseTo(seconds, 9);
  });

  it('takes longer over more sites, slower links and longer ways, never more than twice the buffer', () => {
    const positive = fc.double({ min: 0.1, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 100 }),
        positive,
        positive,
        positive,
        (m, size, rate, way) => {
          const seconds = exchangeSeconds(m, size, rate, way);
          expect(exchangeSeconds(m + 1, size, rate, way)).toBeGreaterThan(seconds);
          expect(exchangeSeconds(m, size, rate / 2, way)).toBeGreaterThan(seconds);
          expect(exchangeSeconds(m, size, rate, 2 * way)).toBeGreaterThan(seconds);
          expect(exchangeSeconds(m, size, rate, 0)).toBeLessThan((16 * size) / rate);
        },
      ),
    );
  });
});
