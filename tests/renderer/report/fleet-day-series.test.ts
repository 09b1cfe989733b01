import { describe, expect, it } from 'vitest';
import type { FleetHour } from '@engine/fleet/fleet-day';
import {
  fleetDaySeries,
  fleetDayTitle,
  fleetUses,
} from '../../../src/renderer/report/chart/fleet-day-series';

const tenant = (workloadId: string, name: string) => ({
  workloadId,
  name,
  users: null,
  requestsPerSecond: 1,
  servedShare: 1,
  roundTripMs: null,
  usdPerThousandRequests: null,
  gramsCo2PerThousandRequests: null,
});

const pool = (clusterId: string, siteId: string, siteName: string, accelerators: number) => ({
  clusterId,
  clusterName: clusterId,
  siteId,
  siteName,
  accelerators,
  acceleratorsPerNode: 8,
  used: 0,
  replicas: 0,
  acceleratorsInReplicas: 0,
  acceleratorsShort: 0,
});

const use = (workloadId: string, siteId: string, accelerators: number) => ({
  workloadId,
  siteId,
  accelerators,
  requestsPerSecond: accelerators,
});

const day: FleetHour[] = [
  { hour: 0, uses: [use('chat', 'west', 8)], unservedRequestsPerSecond: 0 },
  {
    hour: 1,
    uses: [use('chat', 'west', 16), use('chat', 'east', 4), use('images', 'east', 4)],
    unservedRequestsPerSecond: 2,
  },
];
const fleet = {
  day,
  tenants: [tenant('chat', 'Chat'), tenant('images', 'Images')],
  pools: [
    pool('a', 'west', 'West', 16),
    pool('b', 'west', 'West', 16),
    pool('c', 'east', 'East', 8),
  ],
};
const lines = (siteId: string | null) =>
  fleetDaySeries(fleet, siteId).map(({ name, points }) => [name, points.map(({ y }) => y)]);

describe('the lines of a fleet over the day', () => {
  it('of all sites are capacity, load, and each service where there are several', () => {
    expect(lines(null)).toEqual([
      ['Capacity', [40, 40]],
      ['Load', [8, 24]],
      ['Chat', [8, 20]],
      ['Images', [0, 4]],
    ]);
  });

  it('of one site are its own; a single service needs no line beside the load', () => {
    expect(lines('west')).toEqual([
      ['Capacity', [32, 32]],
      ['Load', [8, 16]],
    ]);
  });

  it('say the share of the capacity in the busiest and the quietest hour', () => {
    expect(fleetDayTitle(fleetDaySeries(fleet, null), 'en')).toMatch(
      /^The busiest hour keeps 60\s%? ?.*of 40 accelerators busy, the quietest 20/,
    );
    expect(fleetDayTitle(fleetDaySeries({ ...fleet, pools: [] }, null), 'en')).toBe(
      'There are no accelerators to carry the load',
    );
  });
});

it('the table has a column for every service on every site that it uses', () => {
  expect(fleetUses(fleet).map(({ title, accelerators }) => [title, accelerators])).toEqual([
    ['West: Chat', [8, 16]],
    ['East: Chat', [0, 4]],
    ['East: Images', [0, 4]],
  ]);
});
