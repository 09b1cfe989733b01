import { z } from 'zod';
import { planSchema, planSchemaVersion } from './schema';

/** What the fields mean, for readers of the JSON Schema who do not have the source at hand. */
const descriptions: Readonly<Record<string, string>> = {
  schemaVersion: 'Version of this format. A reader refuses a version it does not know.',
  notes: 'Free text.',
  sites: 'Places with a grid connection.',
  clusters: 'Groups of equal nodes, each on one site.',
  workloads: 'Training jobs and inference services, each on one cluster.',
  regionId: 'A region of the catalogue: grid carbon and electricity price.',
  powerCapKw: 'Facility power that may be drawn, kW; null is no stated limit.',
  powerUsageEffectiveness: 'Facility power divided by IT power.',
  electricityUsdPerKwh: 'Electricity price, USD/kWh.',
  gridGramsCo2PerKwh: 'Carbon intensity of the grid, g CO2e/kWh.',
  siteId: 'The id of an entry of "sites".',
  systemId: 'A system (node type) of the catalogue.',
  nodes: 'Number of nodes.',
  scaleOutGbpsPerAccelerator: 'Scale-out network per accelerator, Gb/s, one direction.',
  rentUsdPerAcceleratorHour: 'Rent, USD per accelerator and hour.',
  purchaseUsdPerNode: 'Purchase price, USD per node.',
  oversubscription: 'Downlinks per uplink of the leaf switches; null or absent is non-blocking.',
  networkAdapter:
    'What puts messages on the network: Elastic Fabric Adapter of Amazon; missing: cards with remote memory access.',
  rackPowerKw:
    'Power that a rack may draw, kW; null or absent: racks as in the reference design of the maker.',
  clusterId: 'The id of an entry of "clusters".',
  modelId: 'A model of the catalogue or the id of an entry of "importedModels".',
  importedModels: 'Models that the plan brings along, each read from a config.json.',
  modelType: 'The model_type of the configuration.',
  importedOn: 'The day on which the configuration was read.',
  architecture: 'Layers, widths, heads and experts of the model.',
  assumptions: 'What the configuration leaves open and was taken as usual.',
  layout: 'How a training job is spread over its accelerators; data parallelism is what remains.',
  tokens: 'Tokens to train on.',
  sequenceLength: 'Tokens per sequence.',
  globalBatchSequences: 'Sequences per optimizer step, over all accelerators.',
  effectiveTimeFraction:
    'Share of wall-clock time spent on steps that are kept, 0 to 1; of origin default, it is computed from interruptions and checkpoints.',
  yearsBetweenInterruptions:
    'Mean time between unexpected interruptions of one accelerator, years.',
  detectionSeconds: 'From an interruption to its notice, s.',
  restartSeconds: 'From notice to training again with a node at hand, s.',
  checkpointGigabytesPerSecond: 'Checkpoint bandwidth of the storage for the whole job, GB/s.',
  spareNodes: 'Nodes that wait to replace others; missing: one is always at hand.',
  repairDays: 'Until a failed node is back, days.',
  schedule: 'Pipeline schedule; missing: one forward, one backward, interleaved over chunks.',
  recomputedLayers: 'Layers of a stage that full recomputation covers; missing: all.',
  contextExchange: 'How context-parallel ranks exchange keys and values; missing: all-gather.',
  shardGroup: 'Ranks that share the state of ZeRO; missing: all replicas.',
  capacityFactor: 'Slots of an expert over its mean load; missing: no token is dropped.',
  optimizer: 'What updates the weights; missing: AdamW.',
  offloadsOptimizer: 'Optimizer state in the memory of the host; missing: no.',
  offloadsWeights: 'Fully sharded weights and gradients in the memory of the host; missing: no.',
  offloadedLayers:
    'Layers of a stage whose activations wait in the memory of the host; missing: none.',
  momentPrecision: 'Precision of the moments of the optimizer; missing: 32-bit.',
  software: 'Generation of the training software; missing: the newest for the part.',
  measuredStepSeconds: 'A measured step time, s, that replaces the modelled one; null is none.',
  inputTokens: 'Prompt tokens per request.',
  outputTokens: 'Generated tokens per request.',
  concurrentUsers: 'People using the service at the busiest moment.',
  requestsPerUserHour: 'Requests each of them sends per hour at that moment.',
  timeToFirstTokenTargetMs: 'Target for the time to first token, ms.',
  timePerOutputTokenTargetMs: 'Target for the time per output token, ms.',
  meanLoadFraction: 'Mean load over the year as a share of the peak, 0 to 1.',
  measuredTimeToFirstTokenMs:
    'A measured time to first token, ms, that replaces the modelled one; null is none.',
  measuredTimePerOutputTokenMs:
    'A measured time per output token, ms, that replaces the modelled one; null is none.',
  measuredTokensPerSecond:
    'A measured rate of one replica, output tokens per second, that replaces the modelled one; null is none.',
  apiUsdPerMillionInputTokens:
    'Price of a million input tokens from a provider, USD; null is none.',
  apiUsdPerMillionOutputTokens:
    'Price of a million output tokens from a provider, USD; null is none.',
  simulation: 'The simulation that the report shows; null is none.',
  trace: 'A trace that the simulation takes its requests from; null is none.',
  rows: 'One request a line: arrival in seconds, prompt tokens, output tokens.',
  hostCacheGigabytes:
    'Host memory of each accelerator for the part of the cache that does not fit beside the weights, GB; null is none.',
  promptPoolBusyFraction:
    'Share of the peak that replicas which only process prompts are busy, 0.05 to 0.95; null: prompts and answers share replicas.',
  cachedPrefixFraction:
    'Share of a prompt whose cache is kept from earlier requests, 0 to 1; null is none.',
  speculativeTokens: 'Tokens proposed per step and checked by the model; null is none.',
  acceptanceFraction:
    'Share of the proposed tokens that are kept, 0 to 1; null is that of the catalogue.',
  offloadedWeightFraction: 'Share of the weights kept in host memory, 0 to 1; null is none.',
  acquisition:
    'How the accelerators are got: rent; buy and colocate; build for them; hybrid, an owned base and rented peaks.',
  demandChargeUsdPerKwMonth: 'Charge for the highest power of a month, USD/kW; null is none.',
  marketGramsCo2PerKwh:
    'Carbon intensity of the contracted electricity, g CO2e/kWh; null is that of the grid.',
  waterLitresPerKwh: 'Water usage effectiveness, L/kWh; null is the average of the catalogue.',
  rentTerm: 'Contract of a rented cluster; absent is on demand.',
  rentStorageTb: 'Shared storage beside the cluster, TB: rented, or bought as flash drives.',
  rentEgressTbPerMonth: 'Data that leave the provider, TB per month.',
  depreciationYears: 'Life in the books, years; null is the horizon.',
  hybridOwnedFraction: 'Share that a hybrid owns; null is the share that costs least.',
  currency: 'A further currency for totals: ISO code, units for one USD, date of the rate.',
  horizonYears: 'Years over which cost is counted.',
  utilisationFraction: 'Share of hours in which the capacity is paid for and used, 0 to 1.',
  networkAndStorageFraction: 'Network and storage as a share of the price of the nodes.',
  maintenanceFractionPerYear: 'Maintenance per year as a share of the purchase, 0 to 1.',
  colocationUsdPerKwMonth:
    'Space, cooling and power delivery without electricity, USD/kW and month.',
  residualFraction: 'Value left at the end of the horizon as a share of the purchase, 0 to 1.',
  discountRatePerYear: 'Discount rate per year, 0 to 1.',
  origin: 'Who chose the value.',
  low: 'Low end of the range, in the unit of the value.',
  high: 'High end of the range, in the unit of the value.',
};

/** The plan format for other programs: JSON Schema 2020-12, generated from the schema that checks every file. */
export function planJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, {
    target: 'draft-2020-12',
    io: 'input',
  });
  const document = {
    $schema,
    $id: `https://github.com/clusterwright/clusterwright/plan-${planSchemaVersion}.schema.json`,
    title: `Clusterwright plan, version ${planSchemaVersion}`,
    description:
      'A GPU cluster plan: sites, the clusters on them, the workloads on those, and cost assumptions. ' +
      'Beyond this schema: every id is used once in the document, and each siteId and clusterId names an existing entry. ' +
      'The unit of a quantity is part of its field name.',
    ...schema,
  };
  return `${JSON.stringify(document, addDescription, 2)}\n`;
}

/** Adds to every object of fields what is known of each field. Schema nodes are shared, so each gets its own copy. */
function addDescription(key: string, node: unknown): unknown {
  if (key !== 'properties' || typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([field, schema]: [string, object]) => {
      const description = descriptions[field];
      return [field, description === undefined ? schema : { description, ...schema }];
    }),
  );
}
