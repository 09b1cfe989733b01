import type { PartKind } from '@engine/catalogue/own-parts';

export type KindKey =
  | 'accelerators'
  | 'processors'
  | 'systems'
  | 'switches'
  | 'transceivers'
  | 'cards'
  | 'models'
  | 'prices'
  | 'regions'
  | 'figures';

/** A shelf of the catalogue. */
export interface CatalogueKind {
  readonly key: KindKey;
  readonly title: string;
  /** what a plan may add to it; null where it may not */
  readonly partKind: PartKind | null;
  /** the fields that the list shows, by their key */
  readonly columns: readonly string[];
}

function kind(
  key: KindKey,
  title: string,
  partKind: PartKind | null,
  columns: readonly string[],
): CatalogueKind {
  return { key, title, partKind, columns };
}

const processing = [
  'memoryCapacity',
  'memoryBandwidth',
  'peakDense.bf16',
  'peakDense.fp8',
  'power',
];

export const catalogueKinds: readonly CatalogueKind[] = [
  kind('accelerators', 'Accelerators', 'accelerator', processing),
  kind('processors', 'Processors', 'accelerator', [
    'memoryCapacity',
    'memoryBandwidth',
    'peakDense.fp32',
    'peakDense.bf16',
    'power',
  ]),
  kind('systems', 'Systems', 'system', [
    'acceleratorsPerNode',
    'maxPower',
    'scaleOutBandwidth',
    'price',
  ]),
  kind('switches', 'Switches', 'switch', ['ports', 'portSpeed', 'power', 'price']),
  kind('transceivers', 'Optics', 'transceiver', ['links', 'linkSpeed', 'reach', 'power']),
  kind('cards', 'Network cards', 'networkCard', ['speed', 'power', 'price']),
  kind('models', 'Models', null, ['parameters', 'activeParameters', 'tokens']),
  kind('prices', 'Rental prices', null, ['price']),
  kind('regions', 'Regions and grids', 'region', ['electricityPrice', 'gridCarbon']),
  kind('figures', 'Failures and other figures', null, ['value']),
];

export function kindOf(key: KindKey): CatalogueKind {
  const found = catalogueKinds.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`The catalogue has no shelf '${key}'.`);
  return found;
}
