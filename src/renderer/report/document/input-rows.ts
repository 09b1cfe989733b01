import type { Catalogue } from '@engine/catalogue/types';
import type {
  Cluster,
  CostAssumptions,
  InferenceWorkload,
  Origin,
  Quantity,
  Site,
  TaskWorkload,
  Timeline,
  TrainingWorkload,
  Workload,
} from '@engine/plan';
import { isStatedEffectiveTime } from '@engine/training/effective-time';
import { systemById } from '@engine/sizing/stand-in-system';
import { degreesText } from '@engine/inference/workload-layout';
import { modelNameOf } from '@engine/tasks/model-name';
import { taskWords } from '@engine/tasks/task-context';
import { formatDate } from '@shared/format/date';
import { formatQuantity } from '@shared/format/value';
import { extraPairs } from '@shared/plan/layout-words';
import { adapterNames } from '@shared/plan/network-words';

/** One row of an inputs table: name, value with its range, who chose it, note. */
export type InputRow = readonly [string, string, string, string];

const originNames: Readonly<Record<Origin, string>> = {
  default: 'default',
  yours: 'entered',
  imported: 'imported',
  measured: 'measured',
};

export function siteRows(site: Site, catalogue: Catalogue, locale: string): InputRow[] {
  const { row, optionalRow, given } = rowsIn(locale);
  return [
    choice('Region', catalogue.regions.get(site.regionId)?.name ?? site.regionId),
    optionalRow('Power that may be drawn', site.powerCapKw, 'kW', 'no limit stated'),
    row('Power usage effectiveness', site.powerUsageEffectiveness, ''),
    row('Electricity price', site.electricityUsdPerKwh, 'USD/kWh'),
    row('Grid carbon intensity', site.gridGramsCo2PerKwh, 'g CO2e/kWh'),
    ...(site.powerRedundancy
      ? [choice('Redundancy of the power chain', site.powerRedundancy)]
      : []),
    ...given([
      ['Demand charge', site.demandChargeUsdPerKwMonth, 'USD/(kW·month)'],
      ['Contracted electricity', site.marketGramsCo2PerKwh, 'g CO2e/kWh'],
      ['Water usage effectiveness', site.waterLitresPerKwh, 'L/kWh'],
      ['Floor area', site.floorSquareMetres, 'm²'],
      ['Weight of a rack', site.rackWeightKg, 'kg'],
      ['Lead time of the grid connection', site.gridLeadTimeMonths, 'months'],
      ['Lead time of transformers', site.transformerLeadTimeMonths, 'months'],
      ['Link to other sites', site.linkGbps, 'Gb/s'],
      ['Route of the link', site.linkKm, 'km'],
      ['Price of the link per month', site.linkUsdPerMonth, 'USD'],
    ]),
  ];
}

export function clusterRows(
  cluster: Cluster,
  siteName: string,
  catalogue: Catalogue,
  locale: string,
): InputRow[] {
  const { row, optionalRow, given } = rowsIn(locale);
  return [
    choice('Site', siteName),
    choice('Node type', systemById(catalogue, cluster.systemId)?.name ?? cluster.systemId),
    row('Nodes', cluster.nodes, 'nodes'),
    row('Scale-out network per accelerator', cluster.scaleOutGbpsPerAccelerator, 'Gb/s'),
    ...networkChoices(cluster, catalogue),
    optionalRow('Oversubscription', cluster.oversubscription ?? null, '', 'none: non-blocking'),
    ...given([
      ['Oversubscription of the spines', cluster.spineOversubscription, ''],
      ['Planes', cluster.planes, ''],
    ]),
    optionalRow(
      'Power that a rack may draw',
      cluster.rackPowerKw ?? null,
      'kW',
      'none stated: as in the reference design',
    ),
    row('Rent per accelerator-hour', cluster.rentUsdPerAcceleratorHour, 'USD/h'),
    row('Purchase price per node', cluster.purchaseUsdPerNode, 'USD'),
    ...(cluster.inServiceOn
      ? [choice('Wanted in service on', formatDate(cluster.inServiceOn))]
      : []),
    ...given([['Lead time of the systems', cluster.leadTimeMonths, 'months']]),
  ];
}

/** What of a cluster's network is not as in the reference design of the maker. */
function networkChoices(cluster: Cluster, { network }: Catalogue): InputRow[] {
  const { topology, switchId, networkAdapter } = cluster;
  return [
    ...(topology ? [choice('Topology', topology)] : []),
    ...(switchId ? [choice('Switch', network.switches.get(switchId)?.name ?? switchId)] : []),
    ...(networkAdapter ? [choice('Network adapter', adapterNames[networkAdapter])] : []),
  ];
}

export function workloadRows(
  workload: Workload,
  clusterName: string,
  catalogue: Catalogue,
  locale: string,
): InputRow[] {
  const common = [
    choice('Cluster', clusterName),
    choice('Model', modelNameOf(workload, catalogue)),
  ];
  return [...common, ...rowsOfKind(workload, locale)];
}

function rowsOfKind(workload: Workload, locale: string): InputRow[] {
  switch (workload.kind) {
    case 'training':
      return trainingRows(workload, locale);
    case 'inference':
      return inferenceRows(workload, locale);
    case 'task':
      return taskRows(workload, locale);
  }
}

function taskRows(workload: TaskWorkload, locale: string): InputRow[] {
  const { row, given } = rowsIn(locale);
  const { requests } = taskWords[workload.task];
  return [
    choice('Precision', workload.precision.toUpperCase()),
    row(
      `${requests.charAt(0).toUpperCase()}${requests.slice(1)} per day`,
      workload.requestsPerDay,
      '',
    ),
    row('Mean load as a share of the peak', workload.meanLoadFraction, 'fraction'),
    row('Answered within', workload.targetSeconds, 's'),
    ...given([
      ['Steps of an image', workload.imageSteps, ''],
      ['Edge of an image', workload.imageEdge, 'pixels'],
      ['Length of a video', workload.videoSeconds, 's'],
      ['Lines of a frame', workload.videoLines, 'pixels'],
      ['Steps of a video', workload.videoSteps, ''],
      ['Tokens of a text', workload.textTokens, 'tokens'],
      ['Length of a recording', workload.audioSeconds, 's'],
      [`Measured ${requests} per second of an accelerator`, workload.measuredRequestsPerSecond, ''],
    ]),
  ];
}

function trainingRows(workload: TrainingWorkload, locale: string): InputRow[] {
  const { row, optionalRow } = rowsIn(locale);
  const { layout } = workload;
  return [
    choice('Precision', workload.precision.toUpperCase()),
    row('Training tokens', workload.tokens, 'tokens'),
    row('Sequence length', workload.sequenceLength, 'tokens'),
    row('Global batch', workload.globalBatchSequences, 'sequences'),
    choice('Tensor parallel', String(layout.tensorParallel)),
    choice('Pipeline parallel', String(layout.pipelineParallel)),
    choice('Virtual stages per pipeline stage', String(layout.virtualStages)),
    choice('Context parallel', String(layout.contextParallel)),
    choice('Expert parallel', String(layout.expertParallel)),
    choice('Micro-batch', String(layout.microBatch)),
    choice('Recomputation of activations', layout.recompute),
    choice('ZeRO stage', String(layout.zeroStage)),
    ...extraPairs(layout).map(([label, value]) => choice(label, value)),
    ...(isStatedEffectiveTime(workload.effectiveTimeFraction)
      ? [row('Effective time', workload.effectiveTimeFraction, 'fraction')]
      : [choice('Effective time', 'computed from interruptions and checkpoints')]),
    optionalRow('Measured step time', workload.measuredStepSeconds, 's', 'none: modelled'),
  ];
}

function inferenceRows(workload: InferenceWorkload, locale: string): InputRow[] {
  const { row, given } = rowsIn(locale);
  return [
    choice('Precision of weights', workload.weightPrecision.toUpperCase()),
    choice('Precision of the key–value cache', workload.keyValuePrecision.toUpperCase()),
    choice('Layout of a replica', degreesText(workload)),
    row('Input per request', workload.inputTokens, 'tokens'),
    row('Output per request', workload.outputTokens, 'tokens'),
    row('Users at the busiest moment', workload.concurrentUsers, 'users'),
    row('Requests per user and hour', workload.requestsPerUserHour, ''),
    row('Target for time to first token', workload.timeToFirstTokenTargetMs, 'ms'),
    row('Target for time per output token', workload.timePerOutputTokenTargetMs, 'ms'),
    row('Mean load as a share of the peak', workload.meanLoadFraction, 'fraction'),
    ...given([
      ['Measured time to first token', workload.measuredTimeToFirstTokenMs, 'ms'],
      ['Measured time per output token', workload.measuredTimePerOutputTokenMs, 'ms'],
      ['Measured output rate of a replica', workload.measuredTokensPerSecond, 'tokens/s'],
      ['API price of a million input tokens', workload.apiUsdPerMillionInputTokens, 'USD'],
      ['API price of a million output tokens', workload.apiUsdPerMillionOutputTokens, 'USD'],
      ['Host memory for the cache, per accelerator', workload.hostCacheGigabytes, 'GB'],
      ['Busy share of replicas for prompts', workload.promptPoolBusyFraction, 'fraction'],
      ['Cached share of the prompt', workload.cachedPrefixFraction, 'fraction'],
      ['Proposed tokens per step', workload.speculativeTokens, 'tokens'],
      ['Kept share of proposed tokens', workload.acceptanceFraction, 'fraction'],
      ['Weights in host memory', workload.offloadedWeightFraction, 'fraction'],
      ['Time to start a replica', workload.replicaStartMinutes, 'min'],
      ['Adapters beside the model', workload.adapterCount, ''],
      ['Rank of an adapter', workload.adapterRank, ''],
    ]),
  ];
}

export function costRows(costs: CostAssumptions, locale: string): InputRow[] {
  const { row, given } = rowsIn(locale);
  return [
    choice('Acquisition', costs.acquisition),
    row('Horizon', costs.horizonYears, 'years'),
    row('Utilisation', costs.utilisationFraction, 'fraction'),
    row(
      'Network and storage, share of the price of the nodes',
      costs.networkAndStorageFraction,
      'fraction',
    ),
    row(
      'Maintenance per year, share of the purchase',
      costs.maintenanceFractionPerYear,
      'fraction',
    ),
    row('Colocation without electricity', costs.colocationUsdPerKwMonth, 'USD/(kW·month)'),
    row('Value left at the end, share of the purchase', costs.residualFraction, 'fraction'),
    row('Discount rate per year', costs.discountRatePerYear, 'fraction'),
    ...given([
      ['Life in the books', costs.depreciationYears, 'years'],
      ['Installation, share of the hardware', costs.installationFraction, 'fraction'],
      ['Own building per kW', costs.facilityUsdPerKw, 'USD'],
      ['Owned share of a hybrid', costs.hybridOwnedFraction, 'fraction'],
      ['Staff per accelerator and year', costs.staffUsdPerAcceleratorYear, 'USD'],
      ['Software per accelerator and year', costs.softwareUsdPerAcceleratorYear, 'USD'],
      ['Support, share of the rent', costs.rentSupportFraction, 'fraction'],
      ['Useful share of rented hours', costs.rentGoodputFraction, 'fraction'],
      ['Storage per TB and month', costs.storageUsdPerTbMonth, 'USD'],
      ['Traffic out per TB', costs.egressUsdPerTb, 'USD'],
      ['Change of rents per year', costs.rentChangePerYear, 'fraction'],
      ['Change of electricity prices per year', costs.electricityChangePerYear, 'fraction'],
    ]),
  ];
}

export function timelineRows(timeline: Timeline, locale: string): InputRow[] {
  const { given } = rowsIn(locale);
  return [
    ...(timeline.startOn ? [choice('Start', formatDate(timeline.startOn))] : []),
    ...given([
      ['Growth of demand per year', timeline.demandGrowthPerYear, 'fraction'],
      ['Cost of a month of delay', timeline.delayUsdPerMonth, 'USD'],
    ]),
  ];
}

function choice(label: string, text: string): InputRow {
  return [label, text, '', ''];
}

function rowsIn(locale: string) {
  function row(label: string, quantity: Quantity, unit: string): InputRow {
    return [
      label,
      formatQuantity(quantity, unit, locale),
      originNames[quantity.origin],
      quantity.note ?? '',
    ];
  }
  function optionalRow(
    label: string,
    quantity: Quantity | null,
    unit: string,
    absent: string,
  ): InputRow {
    return quantity === null ? choice(label, absent) : row(label, quantity, unit);
  }
  /** Inputs that may be empty: only those that were entered have a row. */
  function given(
    fields: readonly (readonly [string, Quantity | null | undefined, string])[],
  ): InputRow[] {
    return fields.flatMap(([label, quantity, unit]) =>
      quantity ? [row(label, quantity, unit)] : [],
    );
  }
  return { row, optionalRow, given };
}
