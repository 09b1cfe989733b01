import { assumptionValue } from '../catalogue/assumption';
import type { Catalogue } from '../catalogue/types';

const earthRadiusKm = 6371;

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/**
 * Great-circle distance between two regions in km; null where a place is not known.
 *
 *   d = 2 R · asin √( sin²(Δφ / 2) + cos φ₁ · cos φ₂ · sin²(Δλ / 2) )
 *
 * R mean radius of the earth, 6371 km · φ latitude, λ longitude [rad]
 *
 * Leaves out: the size of a region: one city stands for it. Source: haversine formula, definition.
 */
export function distanceKm(
  { places }: Pick<Catalogue, 'places'>,
  from: string,
  to: string,
): number | null {
  const [start, end] = [places.get(from), places.get(to)];
  if (start === undefined || end === undefined) return null;
  const [first, second] = [radians(start.latitude.value), radians(end.latitude.value)];
  const across = radians(end.longitude.value - start.longitude.value);
  const root =
    Math.sin((second - first) / 2) ** 2 +
    Math.cos(first) * Math.cos(second) * Math.sin(across / 2) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(root)));
}

/**
 * Round trip between a user and a site; null where a place is not known.
 *
 *   t = 2 · d · k / v + t_access
 *
 * d great-circle distance [km] · k length of the cable path over it [1] · v speed of light in fibre [km/s] · t_access round trip
 * between the user and the nearest exchange [s]
 *
 * Leaves out: queues and handshakes: a connection is kept open. Source: definition; k, v and t_access in the catalogue.
 */
export function roundTripSeconds(catalogue: Catalogue, from: string, to: string): number | null {
  const distance = distanceKm(catalogue, from, to);
  if (distance === null) return null;
  const { assumptions } = catalogue;
  const speed = assumptionValue(assumptions, 'fleet.fibreSpeed');
  const stretch = assumptionValue(assumptions, 'fleet.pathStretch');
  const access = assumptionValue(assumptions, 'fleet.accessDelay') / 1e3;
  return (2 * distance * stretch) / speed + access;
}
