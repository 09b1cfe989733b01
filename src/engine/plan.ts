/** The plan document as the engine reads it. The schema that checks a file against it is shared/plan/schema.ts. */
import type { OwnPart, PartOverride } from './catalogue/own-parts';
import type { Architecture, Precision, RentalTerm } from './catalogue/types';
import type { SimulationChoice } from './simulation-choice';
import type { TrainingLayout } from './training-layout';

export type { KeptTrace, SimulationChoice } from './simulation-choice';
export type {
  ContextExchange,
  LayoutExtras,
  MomentPrecision,
  OptimizerKind,
  PipelineSchedule,
  Recompute,
  SoftwareGeneration,
  TrainingLayout,
  ZeroStage,
} from './training-layout';

/** Who chose a value: the catalogue, the user, an import, or a measurement that overrides the model. */
export type Origin = 'default' | 'yours' | 'imported' | 'measured';

/** One numeric input; its unit is in the field's name. `low` and `high` make it a range. */
export interface Quantity {
  readonly value: number;
  readonly origin: Origin;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly note?: string | undefined;
}

export interface Site {
  readonly id: string;
  readonly name: string;
  readonly regionId: string;
  /** facility power that may be drawn; null is no stated limit */
  readonly powerCapKw: Quantity | null;
  readonly powerUsageEffectiveness: Quantity;
  readonly electricityUsdPerKwh: Quantity;
  readonly gridGramsCo2PerKwh: Quantity;
  /** charge for the highest power drawn in a month; null or absent: none */
  readonly demandChargeUsdPerKwMonth?: Quantity | null | undefined;
  /** intensity of the electricity that is contracted (market-based); null or absent: that of the grid */
  readonly marketGramsCo2PerKwh?: Quantity | null | undefined;
  /** water used on the site per kWh of the computers; null or absent: the catalogue's average */
  readonly waterLitresPerKwh?: Quantity | null | undefined;
  /** spare units in the power chain; null or absent: none, N */
  readonly powerRedundancy?: PowerRedundancy | null | undefined;
  /** load that a rack may put on the floor; null or absent: no stated limit */
  readonly rackWeightKg?: Quantity | null | undefined;
  /** hall for the racks, aisles included; null or absent: no stated limit */
  readonly floorSquareMetres?: Quantity | null | undefined;
  /** months from order to energised grid connection; null or absent: it is there */
  readonly gridLeadTimeMonths?: Quantity | null | undefined;
  /** months from order to delivered transformers; null or absent: they are there */
  readonly transformerLeadTimeMonths?: Quantity | null | undefined;
  /** rate of the link to the plan's other sites, one direction; null or absent: none */
  readonly linkGbps?: Quantity | null | undefined;
  /** length of the route to the point at which the links of all sites meet; null or absent: 0 */
  readonly linkKm?: Quantity | null | undefined;
  /** what the link costs; null or absent: not known */
  readonly linkUsdPerMonth?: Quantity | null | undefined;
}

/** Spare units of UPS, generators and transformers: none, one, or a second complete path. */
export type PowerRedundancy = 'N' | 'N+1' | '2N';

/** How a cluster's scale-out switches are wired. */
export type Topology =
  'fat tree' | 'rail-optimised' | 'rail-only' | 'dragonfly+' | '2D torus' | '3D torus';

export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly systemId: string;
  readonly nodes: Quantity;
  /** scale-out network per accelerator, one direction */
  readonly scaleOutGbpsPerAccelerator: Quantity;
  readonly rentUsdPerAcceleratorHour: Quantity;
  readonly purchaseUsdPerNode: Quantity;
  /** downlinks per uplink of the leaf switches; null or absent is 1, non-blocking */
  readonly oversubscription?: Quantity | null | undefined;
  /** downlinks per uplink of the spine switches; null or absent is 1 */
  readonly spineOversubscription?: Quantity | null | undefined;
  /** null or absent: as in the maker's reference design */
  readonly topology?: Topology | null | undefined;
  /** what puts messages on the scale-out network; absent: cards with remote memory access, such as InfiniBand or RoCE */
  readonly networkAdapter?: 'elastic' | undefined;
  /** catalogue id of the switch; null or absent: as in the maker's reference design */
  readonly switchId?: string | null | undefined;
  /** independent copies of the fabric; null or absent: as in the reference design */
  readonly planes?: Quantity | null | undefined;
  /** power that a rack may draw, kW; null or absent: racks as in the maker's reference design */
  readonly rackPowerKw?: Quantity | null | undefined;
  /** contract under which it is rented; absent: on demand, paid only while in use */
  readonly rentTerm?: RentalTerm | undefined;
  /** shared storage beside it, rented or bought; null or absent: none */
  readonly rentStorageTb?: Quantity | null | undefined;
  /** data that leave the provider per month; null or absent: none */
  readonly rentEgressTbPerMonth?: Quantity | null | undefined;
  /** ISO date on which it is wanted in service; null or absent: as soon as it can be had */
  readonly inServiceOn?: string | null | undefined;
  /** months from order to delivery; null or absent: the catalogue's for bought equipment, none for rented */
  readonly leadTimeMonths?: Quantity | null | undefined;
}

export interface TrainingWorkload {
  readonly kind: 'training';
  readonly id: string;
  readonly name: string;
  readonly clusterId: string;
  readonly modelId: string;
  readonly precision: Precision;
  readonly tokens: Quantity;
  readonly sequenceLength: Quantity;
  readonly globalBatchSequences: Quantity;
  readonly layout: TrainingLayout;
  /** share of wall-clock time spent on steps that are kept, 0–1; where it is a default, interruptions and checkpoints say it */
  readonly effectiveTimeFraction: Quantity;
  /** mean time between unexpected interruptions of one accelerator [years]; missing: the catalogue's */
  readonly yearsBetweenInterruptions?: Quantity | null | undefined;
  /** from an interruption to its notice; missing: the catalogue's */
  readonly detectionSeconds?: Quantity | null | undefined;
  /** from its notice to training again, with a node at hand; missing: the catalogue's */
  readonly restartSeconds?: Quantity | null | undefined;
  /** what the storage writes of a checkpoint, all accelerators together; missing: the catalogue's per accelerator */
  readonly checkpointGigabytesPerSecond?: Quantity | null | undefined;
  /** nodes that wait to replace others; missing: a replacement is always at hand */
  readonly spareNodes?: Quantity | null | undefined;
  /** time until a failed node is back; missing: the catalogue's */
  readonly repairDays?: Quantity | null | undefined;
  /** a measured step time overrides the modelled one */
  readonly measuredStepSeconds: Quantity | null;
  /** further clusters over which the job is spread, data parallel, on this site or others */
  readonly otherClusterIds?: readonly string[] | undefined;
}

export interface InferenceWorkload {
  readonly kind: 'inference';
  readonly id: string;
  readonly name: string;
  readonly clusterId: string;
  readonly modelId: string;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly tensorParallel: number;
  readonly inputTokens: Quantity;
  readonly outputTokens: Quantity;
  /** people using the service at the busiest moment */
  readonly concurrentUsers: Quantity;
  /** requests each of them sends per hour at that moment */
  readonly requestsPerUserHour: Quantity;
  readonly timeToFirstTokenTargetMs: Quantity;
  readonly timePerOutputTokenTargetMs: Quantity;
  /** mean load over the year as a share of the peak, 0–1: what unit costs are divided by */
  readonly meanLoadFraction: Quantity;
  /** measured at the operating batch; overrides the modelled one; null or absent: not measured */
  readonly measuredTimeToFirstTokenMs?: Quantity | null | undefined;
  /** measured at that batch; null or absent: not measured */
  readonly measuredTimePerOutputTokenMs?: Quantity | null | undefined;
  /** output tokens per second of one replica at that batch, measured; null or absent: not measured */
  readonly measuredTokensPerSecond?: Quantity | null | undefined;
  /** what a provider asks for the same model; null or absent: not compared */
  readonly apiUsdPerMillionInputTokens?: Quantity | null | undefined;
  readonly apiUsdPerMillionOutputTokens?: Quantity | null | undefined;
  /** the simulation that the report shows; null or absent: none */
  readonly simulation?: SimulationChoice | null | undefined;
  /** share of a prompt whose cache is kept from earlier requests, 0–1; null or absent: none */
  readonly cachedPrefixFraction?: Quantity | null | undefined;
  /** tokens proposed per step by a drafter or by multi-token prediction; null or absent: none */
  readonly speculativeTokens?: Quantity | null | undefined;
  /** share of the proposed tokens that the model keeps, 0–1; null or absent: the catalogue's */
  readonly acceptanceFraction?: Quantity | null | undefined;
  /** share of the weights kept in the host's memory, 0–1; null or absent: none */
  readonly offloadedWeightFraction?: Quantity | null | undefined;
  /** host memory of each accelerator that holds what does not fit of the cache; null or absent: none */
  readonly hostCacheGigabytes?: Quantity | null | undefined;
  /** prompts have replicas of their own, which are busy for this share of the peak, 0–1; null or absent: they share replicas with answers */
  readonly promptPoolBusyFraction?: Quantity | null | undefined;
  /** stages that each hold a share of the layers; absent: 1 */
  readonly pipelineParallel?: number | undefined;
  /** accelerators of a stage over which whole experts are spread; absent: 1, every expert is cut */
  readonly expertParallel?: number | undefined;
  /** groups among the accelerators of a stage, each with all heads of its own requests; absent: 1 */
  readonly attentionDataParallel?: number | undefined;
  /** from the wish for a further replica to its first answer; null or absent: the catalogue's */
  readonly replicaStartMinutes?: Quantity | null | undefined;
  /** low-rank adapters kept beside the model; null or absent: none */
  readonly adapterCount?: Quantity | null | undefined;
  /** null or absent: the catalogue's */
  readonly adapterRank?: Quantity | null | undefined;
  /** where its requests come from when the plan has a fleet; absent or empty: as the fleet says */
  readonly regions?: readonly RegionShare[] | undefined;
}

/** What a service answers in one piece: a picture, a video, the vector of a text, the transcript of a recording. */
export type TaskKind = 'image' | 'video' | 'embedding' | 'speech';

/** A service whose requests are answered in one piece: there is no first token, and no reader waits for the next one. */
export interface TaskWorkload {
  readonly kind: 'task';
  readonly task: TaskKind;
  readonly id: string;
  readonly name: string;
  readonly clusterId: string;
  /** a model of images, videos or sequences of the catalogue */
  readonly modelId: string;
  readonly precision: Precision;
  /** images, videos, texts or recordings of a day */
  readonly requestsPerDay: Quantity;
  /** mean load over the peak, 0–1 */
  readonly meanLoadFraction: Quantity;
  /** within which all but one request in a hundred are answered */
  readonly targetSeconds: Quantity;
  /** denoising steps of an image; null or absent: the model's */
  readonly imageSteps?: Quantity | null | undefined;
  /** edge of a square image [pixels]; null or absent: the model's */
  readonly imageEdge?: Quantity | null | undefined;
  /** denoising steps of a video, its length and the lines of a frame [pixels]; null or absent: the model's */
  readonly videoSteps?: Quantity | null | undefined;
  readonly videoSeconds?: Quantity | null | undefined;
  readonly videoLines?: Quantity | null | undefined;
  /** tokens of a text; null or absent: the catalogue's */
  readonly textTokens?: Quantity | null | undefined;
  /** length of a recording; null or absent: the catalogue's */
  readonly audioSeconds?: Quantity | null | undefined;
  /** requests per second of one accelerator, measured; overrides the model; null or absent: not measured */
  readonly measuredRequestsPerSecond?: Quantity | null | undefined;
  /** where its requests come from when the plan has a fleet; absent or empty: as the fleet says */
  readonly regions?: readonly RegionShare[] | undefined;
}

/** A workload of a language model. */
export type LanguageWorkload = TrainingWorkload | InferenceWorkload;

export type Workload = LanguageWorkload | TaskWorkload;

/** Rent; own in a colocation site; own in a building of one's own; own a base and rent the rest. */
export type Acquisition = 'rent' | 'buy' | 'build' | 'hybrid';

/** A currency for display: amounts are stored and computed in USD. */
export interface DisplayCurrency {
  /** ISO 4217 */
  readonly code: string;
  /** units of it for one USD */
  readonly perUsd: number;
  /** ISO date of the rate */
  readonly date: string;
}

export interface CostAssumptions {
  readonly acquisition: Acquisition;
  readonly horizonYears: Quantity;
  /** share of hours in which bought or reserved capacity is paid for and used, 0–1 */
  readonly utilisationFraction: Quantity;
  /** network and storage as a share of the price of the nodes, 0–1 */
  readonly networkAndStorageFraction: Quantity;
  readonly maintenanceFractionPerYear: Quantity;
  /** space, cooling and power delivery, electricity excluded */
  readonly colocationUsdPerKwMonth: Quantity;
  /** value left at the end of the horizon as a share of the purchase, 0–1 */
  readonly residualFraction: Quantity;
  readonly discountRatePerYear: Quantity;
  /** life over which the purchase is written off in equal parts; null or absent: the horizon */
  readonly depreciationYears?: Quantity | null | undefined;
  /** null or absent: none */
  readonly staffUsdPerAcceleratorYear?: Quantity | null | undefined;
  /** licences and subscriptions; null or absent: none */
  readonly softwareUsdPerAcceleratorYear?: Quantity | null | undefined;
  /** assembly, cabling and tests as a share of the hardware; null or absent: as in the bill of materials */
  readonly installationFraction?: Quantity | null | undefined;
  /** building, power and cooling of one's own, per kW of the computers; null or absent: the catalogue's */
  readonly facilityUsdPerKw?: Quantity | null | undefined;
  /** share of the accelerators that a hybrid owns; null or absent: the share that costs least */
  readonly hybridOwnedFraction?: Quantity | null | undefined;
  /** yearly change of rents, −0.5 to 2; null or absent: none */
  readonly rentChangePerYear?: Quantity | null | undefined;
  /** yearly change of electricity prices; null or absent: none */
  readonly electricityChangePerYear?: Quantity | null | undefined;
  /** support of a rented cluster as a share of the rent; null or absent: none */
  readonly rentSupportFraction?: Quantity | null | undefined;
  /** useful share of rented hours beside the same hours owned: set-up, faults, interruptions; null or absent: 1 */
  readonly rentGoodputFraction?: Quantity | null | undefined;
  /** null or absent: the catalogue's */
  readonly storageUsdPerTbMonth?: Quantity | null | undefined;
  /** null or absent: the catalogue's */
  readonly egressUsdPerTb?: Quantity | null | undefined;
  /** further currency in which totals are shown; null or absent: none */
  readonly currency?: DisplayCurrency | null | undefined;
}

/** When the plan begins and how its demand grows. */
export interface Timeline {
  /** ISO date from which the plan counts; null or absent: the catalogue's date */
  readonly startOn?: string | null | undefined;
  /** growth of the services' demand; null or absent: none */
  readonly demandGrowthPerYear?: Quantity | null | undefined;
  /** what a month of delay costs; null or absent: renting the late accelerators instead */
  readonly delayUsdPerMonth?: Quantity | null | undefined;
  /** factors per year of what a chip, a dollar and a watt do and of the world's computing; null or absent: the catalogue's */
  readonly chipPerYear?: Quantity | null | undefined;
  readonly perDollarPerYear?: Quantity | null | undefined;
  readonly perWattPerYear?: Quantity | null | undefined;
  readonly fleetPerYear?: Quantity | null | undefined;
}

/** A model that a plan brings along, read from a config.json. */
export interface ImportedModel {
  /** begins with 'imported-', as no id of the catalogue does */
  readonly id: string;
  readonly name: string;
  /** `model_type` of the configuration */
  readonly modelType: string;
  /** ISO date */
  readonly importedOn: string;
  readonly architecture: Architecture;
  /** how the weights are stored, where the configuration says so */
  readonly weightPrecision?: Precision | undefined;
  /** what the configuration leaves open, in words */
  readonly assumptions: readonly string[];
}

/** A region and its share of the demand; shares need not add up to 1. */
export interface RegionShare {
  readonly regionId: string;
  readonly share: Quantity;
}

/** Where the users of a plan's services are, and how they reach its sites. */
export interface Fleet {
  /** what a request goes to first: the nearest site, the cheapest, or the one with the least carbon */
  readonly routing: 'latency' | 'price' | 'carbon';
  /** where the requests of every service come from that does not say so itself */
  readonly demand: readonly RegionShare[];
  /** capacity kept free above the peak; null or absent: none */
  readonly headroomFraction?: Quantity | null | undefined;
}

export interface Plan {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly notes: string;
  readonly sites: readonly Site[];
  readonly clusters: readonly Cluster[];
  readonly workloads: readonly Workload[];
  readonly costs: CostAssumptions;
  /** null or absent: every service is served where it stands */
  readonly fleet?: Fleet | null | undefined;
  readonly timeline?: Timeline | null | undefined;
  /** parts that the catalogue does not have; absent: none */
  readonly ownParts?: readonly OwnPart[] | undefined;
  /** values in place of published ones; absent: none */
  readonly partOverrides?: readonly PartOverride[] | undefined;
  /** absent: none */
  readonly importedModels?: readonly ImportedModel[] | undefined;
}
