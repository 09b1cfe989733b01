import { inferenceFields } from './inference-fields';
import { catalogueMeans, field, type FieldTable, type QuantityField } from './quantity-field';
import { siteFields } from './site-fields';
import type { Part, PartKind } from './subject';
import { taskFields, taskGroups } from './task-fields';
import { timelineFields } from './timeline-fields';
import { trainingFields } from './training-fields';

export type { QuantityField } from './quantity-field';

const clusterFields: FieldTable<'cluster'> = [
  field('Size', 'nodes', 'Nodes', 'nodes', 'Number of systems of this type.', {
    keywords: 'servers accelerators gpus count',
    isWhole: true,
  }),
  field(
    'Network',
    'scaleOutGbpsPerAccelerator',
    'Scale-out network per accelerator',
    'gigabitsPerSecond',
    'One direction, per accelerator.',
    { keywords: 'infiniband ethernet bandwidth nic' },
  ),
  field(
    'Network',
    'oversubscription',
    'Oversubscription',
    'ratio',
    'Downlinks per uplink of the leaf switches.',
    { keywords: 'fabric leaf spine blocking fat tree', emptyMeans: 'Non-blocking, 1' },
  ),
  field(
    'Network',
    'spineOversubscription',
    'Oversubscription of the spines',
    'ratio',
    'Downlinks per uplink of the spine switches, where there is a tier or a group beyond.',
    { keywords: 'fabric core pod blocking taper dragonfly', emptyMeans: 'Non-blocking, 1' },
  ),
  field('Network', 'planes', 'Planes', 'ratio', 'Independent copies of the fabric.', {
    keywords: 'dual plane multi-plane',
    isWhole: true,
    emptyMeans: 'As in the reference design',
  }),
  field('Racks', 'rackPowerKw', 'Power per rack', 'kilowatts', 'What a rack may draw.', {
    keywords: 'rack density cabinet kw limit',
    emptyMeans: 'As in the reference design',
  }),
  field(
    'Prices',
    'rentUsdPerAcceleratorHour',
    'Rent per accelerator-hour',
    'usdPerHour',
    'What one accelerator costs for one hour.',
    { keywords: 'cloud price gpu hour' },
  ),
  field(
    'Prices',
    'purchaseUsdPerNode',
    'Purchase price per node',
    'usd',
    'Price of one complete system, network excluded.',
    { keywords: 'buy capex server' },
  ),
  field(
    'Storage and traffic',
    'rentStorageTb',
    'Shared storage',
    'terabytes',
    'Rented all year, or bought as flash drives.',
    {
      keywords: 'disk file object',
      emptyMeans: 'None',
    },
  ),
  field(
    'Storage and traffic',
    'rentEgressTbPerMonth',
    'Traffic out per month',
    'terabytes',
    'Data that leave the provider.',
    { keywords: 'egress transfer', emptyMeans: 'None' },
  ),
  field(
    'Delivery',
    'leadTimeMonths',
    'Lead time of the systems',
    'months',
    'From the order to delivery.',
    {
      keywords: 'chips order schedule',
      emptyMeans: 'The catalogue’s when bought, none when rented',
    },
  ),
];

const costFields: FieldTable<'costs'> = [
  field('Horizon', 'horizonYears', 'Horizon', 'years', 'Time over which costs are added up.', {
    keywords: 'lifetime depreciation',
  }),
  field(
    'Horizon',
    'utilisationFraction',
    'Utilisation',
    'fraction',
    'Share of hours in which bought or reserved capacity is used.',
    { keywords: 'usage' },
  ),
  field(
    'Purchase',
    'networkAndStorageFraction',
    'Network and storage',
    'fraction',
    'As a share of the price of the nodes.',
    { keywords: 'capex' },
  ),
  field(
    'Purchase',
    'maintenanceFractionPerYear',
    'Maintenance per year',
    'fraction',
    'As a share of the purchase price.',
    { keywords: 'support contract' },
  ),
  field(
    'Purchase',
    'residualFraction',
    'Residual value',
    'fraction',
    'Value left at the end of the horizon as a share of the purchase.',
    { keywords: 'resale depreciation' },
  ),
  field(
    'Finance',
    'colocationUsdPerKwMonth',
    'Colocation',
    'usdPerKwMonth',
    'Space, cooling and power delivery; electricity excluded.',
    { keywords: 'datacentre rack space' },
  ),
  field('Finance', 'discountRatePerYear', 'Discount rate', 'fraction', 'Per year.', {
    keywords: 'interest wacc npv',
  }),
  field(
    'Finance',
    'depreciationYears',
    'Life in the books',
    'years',
    'Straight-line depreciation; annual accounts use 5 to 6 years, critics 2 to 3.',
    { keywords: 'depreciation write off', emptyMeans: 'The horizon' },
  ),
  field(
    'Purchase',
    'installationFraction',
    'Installation',
    'fraction',
    'Assembly, cabling and tests as a share of the hardware.',
    { keywords: 'integration', emptyMeans: 'None' },
  ),
  field(
    'Purchase',
    'facilityUsdPerKw',
    'Own building',
    'usdPerKw',
    'Building, power and cooling per kW of the computers, for “Bought, own building”.',
    {
      keywords: 'datacentre construction shell',
      emptyMeans: catalogueMeans('cost.facilityUsdPerKw'),
    },
  ),
  field(
    'Purchase',
    'hybridOwnedFraction',
    'Owned share of a hybrid',
    'fraction',
    'The rest of the peak is rented on demand.',
    { keywords: 'burst base', emptyMeans: 'The share that costs least' },
  ),
  field(
    'Operation',
    'staffUsdPerAcceleratorYear',
    'Staff per accelerator and year',
    'usd',
    'People who run it. No published rate is known.',
    { keywords: 'engineers salaries opex', emptyMeans: 'None' },
  ),
  field(
    'Operation',
    'softwareUsdPerAcceleratorYear',
    'Software per accelerator and year',
    'usd',
    'Licences and subscriptions.',
    { keywords: 'licence opex', emptyMeans: 'None' },
  ),
  field('Renting', 'rentSupportFraction', 'Support', 'fraction', 'As a share of the rent.', {
    keywords: 'hidden cost',
    emptyMeans: 'None',
  }),
  field(
    'Renting',
    'rentGoodputFraction',
    'Useful share of rented hours',
    'fraction',
    'Beside the same hours owned: set-up, faults and interruptions taken out.',
    { keywords: 'goodput spot interruption hidden', emptyMeans: '100 %' },
  ),
  field('Renting', 'storageUsdPerTbMonth', 'Storage price', 'usdPerTb', 'Per TB and month.', {
    keywords: 'disk',
    emptyMeans: catalogueMeans('cost.storageUsdPerTbMonth'),
  }),
  field('Renting', 'egressUsdPerTb', 'Price of traffic out', 'usdPerTb', 'Per TB.', {
    keywords: 'egress',
    emptyMeans: catalogueMeans('cost.egressUsdPerTb'),
  }),
  field(
    'Price changes per year',
    'rentChangePerYear',
    'Rents',
    'fraction',
    'Upwards or downwards: rents rose 38 % in five months to March 2026; prices per performance fall about 27 % a year.',
    { keywords: 'trend curve', emptyMeans: 'None' },
  ),
  field(
    'Price changes per year',
    'electricityChangePerYear',
    'Electricity',
    'fraction',
    'Upwards or downwards.',
    { keywords: 'trend curve', emptyMeans: 'None' },
  ),
];

/** Every numeric input field of a plan, by the kind of part it belongs to, in the order of the inspector. */
export const quantityFields: { readonly [Kind in PartKind]: FieldTable<Kind> } = {
  site: siteFields,
  cluster: clusterFields,
  training: trainingFields,
  inference: inferenceFields,
  task: taskFields,
  costs: costFields,
  timeline: timelineFields,
};

/** The numeric inputs that a part has: a service that makes images has no length of a recording. */
export function fieldsOfPart(found: Part): readonly QuantityField[] {
  const fields: readonly QuantityField[] = quantityFields[found.kind];
  if (found.kind !== 'task') return fields;
  const groups = taskGroups[found.part.task];
  return fields.filter(({ group }) => groups.includes(group));
}

export function findQuantityField(kind: PartKind, key: string): QuantityField | null {
  return quantityFields[kind].find((candidate) => candidate.key === key) ?? null;
}
