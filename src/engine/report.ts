/** What the engine answers: every number with its formula, its substituted inputs and their sources. */

import type { BookValue } from './cost/depreciation';
import type { RentOffer } from './cost/rent-offers';
import type { SiteCost } from './cost/site-costs';
import type { CapFit } from './facility/cap-fit';
import type { FacilityReport } from './facility/report-facility';
import type { PowerChainReport } from './facility/power-chain';
import type { SiteLinkReport } from './facility/sites/report-links';
import type { SiteLossReport } from './facility/sites/site-loss';
import type { SpreadTrainingReport } from './facility/sites/spread-training';
import type { Acquisition, PowerRedundancy } from './plan';
import type { TimelineReport } from './timeline/report-timeline';
import type { DayPoint } from './service/daily-load';

/** One symbol of a formula with the number put in for it. */
export interface FigureInput {
  readonly symbol: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** catalogue source ids; empty for a value that the plan or another figure provides */
  readonly sources: readonly string[];
  /** where the value came from when not from the catalogue: 'plan' or the key of another figure */
  readonly from: string;
}

/** One reported number. `value` is null when it cannot be computed; `unavailable` then says why. */
export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
  readonly unavailable?: string;
  /** the formula as text, symbols as in `inputs` */
  readonly formula: string;
  readonly inputs: readonly FigureInput[];
  /** source ids of the formula itself */
  readonly sources: readonly string[];
  readonly leavesOut: string;
}

/** One bar of a breakdown; the parts of a breakdown add up to its whole. */
export interface Part {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
}

/** One step of the loss diagram from peak to useful work; `remaining` falls from 1. */
export interface LossStage {
  readonly key: string;
  readonly label: string;
  readonly remaining: number;
  readonly usdLostPerHour: number;
  /** over the whole run, where there is one that ends */
  readonly usdLost?: number;
  readonly why: string;
}

export type FindingLevel = 'problem' | 'warning' | 'note';

/** A check that found something: what is wrong, why, and how it may be mended. */
export interface Finding {
  readonly level: FindingLevel;
  readonly code: string;
  /** id of the site, cluster or workload; null for the whole plan */
  readonly subjectId: string | null;
  /** field of the subject that the user can change, such as 'layout.tensorParallel' */
  readonly field: string | null;
  readonly title: string;
  readonly cause: string;
  readonly advice: string;
  /** value that mends it when one click can; `field` says where it goes */
  readonly fix: {
    readonly label: string;
    readonly value: number;
    /** where the field is chosen from a list: the entry to choose */
    readonly choice?: PowerRedundancy;
  } | null;
}

export interface SiteReport {
  readonly siteId: string;
  readonly itPowerKw: Figure;
  readonly facilityPowerKw: Figure;
  readonly energyMwhPerYear: Figure;
  readonly carbonTonnesPerYear: Figure;
  readonly electricityUsdPerYear: Figure;
  readonly demandChargeUsdPerYear: Figure;
  readonly carbonMarketTonnesPerYear: Figure;
  readonly embodiedTonnesPerYear: Figure;
  readonly waterCubicMetresPerYear: Figure;
  readonly powerChain: PowerChainReport;
  /** what the power cap feeds, by kind of cluster; empty where no cap is stated */
  readonly capFits: readonly CapFit[];
}

export interface ClusterReport {
  readonly clusterId: string;
  readonly accelerators: Figure;
  readonly peakPflops: Figure;
  readonly memoryTb: Figure;
  readonly memoryBandwidthTbps: Figure;
  readonly scaleOutTbps: Figure;
  /** what switches, storage and management draw, part of the power under load */
  readonly auxiliaryKw: Figure;
  readonly itPowerKw: Figure;
  readonly purchaseUsd: Figure;
  readonly rentUsdPerHour: Figure;
}

/** What interruptions cost a training run, and how often it should save what it has. */
export interface TrainingGoodput {
  readonly between: Figure;
  readonly interruptions: Figure;
  readonly checkpointGb: Figure;
  readonly checkpointSeconds: Figure;
  readonly checkpointInterval: Figure;
  readonly spareWait: Figure;
  readonly recovery: Figure;
  readonly usefulTime: Figure;
  /** calendar days of the run at that share of useful time */
  readonly days: Figure;
}

/** Memory of one accelerator of a pipeline stage; the parts add up to the total. */
export interface StageMemoryReport {
  /** from 0 */
  readonly stage: number;
  readonly totalGb: number;
  readonly parts: readonly Part[];
}

export interface TrainingReport {
  readonly kind: 'training';
  readonly workloadId: string;
  readonly isFeasible: boolean;
  /** the answer in words, such as '16,384 GPUs = TP 8 × PP 16 × DP 128' */
  readonly decomposition: string;
  readonly bound: string;
  readonly dataParallel: number | null;
  readonly parameters: Figure;
  readonly activeParameters: Figure;
  readonly flopPerToken: Figure;
  readonly trainingFlop: Figure;
  readonly memoryGbPerAccelerator: Figure;
  readonly stepSeconds: Figure;
  /** modelled over measured step time; unavailable where nothing was measured */
  readonly predictionError: Figure;
  readonly pipelineBubble: Figure;
  readonly tokensPerSecond: Figure;
  readonly tokensPerSecondPerAccelerator: Figure;
  readonly tflopsPerAccelerator: Figure;
  readonly modelFlopsUtilisation: Figure;
  readonly days: Figure;
  readonly acceleratorHours: Figure;
  readonly energyMwh: Figure;
  readonly carbonTonnes: Figure;
  readonly costUsd: Figure;
  readonly memoryParts: readonly Part[];
  /** one entry for each stage of the pipeline, at most 1,024 */
  readonly memoryStages: readonly StageMemoryReport[];
  readonly goodput: TrainingGoodput;
  readonly stepParts: readonly Part[];
  readonly lossStages: readonly LossStage[];
}

/** One point of the batch sweep: what one replica does at that many requests in flight. */
export interface BatchPoint {
  readonly batch: number;
  readonly timePerOutputTokenMs: number;
  readonly tokensPerSecond: number;
}

export interface InferenceReport {
  readonly kind: 'inference';
  readonly workloadId: string;
  readonly isFeasible: boolean;
  /** such as '40 GPUs = 5 replicas × 8 GPUs (TP 8)' */
  readonly decomposition: string;
  readonly bound: string;
  readonly parameters: Figure;
  readonly weightGb: Figure;
  readonly keyValueBytesPerToken: Figure;
  readonly memoryGbPerAccelerator: Figure;
  readonly maximumBatch: Figure;
  readonly operatingBatch: Figure;
  readonly timeToFirstTokenMs: Figure;
  readonly timePerOutputTokenMs: Figure;
  readonly tokensPerSecondPerReplica: Figure;
  readonly tokensPerSecondPerAccelerator: Figure;
  readonly peakRequestsPerSecond: Figure;
  /** of both pools where prompts have replicas of their own */
  readonly replicasNeeded: Figure;
  readonly promptReplicas: Figure;
  readonly cacheTransferMs: Figure;
  readonly acceleratorsNeeded: Figure;
  readonly replicasAvailable: Figure;
  readonly usersServed: Figure;
  readonly usdPerMillionOutputTokens: Figure;
  readonly usersPerReplica: Figure;
  readonly headroom: Figure;
  readonly usdPerThousandRequests: Figure;
  readonly usdPerMillionInputTokens: Figure;
  readonly usdPerMillionGeneratedTokens: Figure;
  readonly usdPerUserMonth: Figure;
  readonly energyKwhPerMillionTokens: Figure;
  readonly apiCostRatio: Figure;
  readonly apiBreakEvenRequestsPerDay: Figure;
  /** accelerator-hours of a day when replicas follow the load, and what that saves */
  readonly autoscaledHours: Figure;
  readonly autoscalingSaved: Figure;
  readonly replicasAhead: Figure;
  /** load and replicas over the 24 hours of a day */
  readonly dailyLoad: readonly DayPoint[];
  readonly memoryParts: readonly Part[];
  readonly decodeParts: readonly Part[];
  readonly lossStages: readonly LossStage[];
  readonly batchCurve: readonly BatchPoint[];
}

/** A service that answers in one piece: images, embeddings or transcripts. */
export interface TaskReport {
  readonly kind: 'task';
  readonly workloadId: string;
  readonly isFeasible: boolean;
  /** such as '12 GPUs, each with 4 images at once' */
  readonly decomposition: string;
  readonly bound: string;
  readonly parameters: Figure;
  readonly weightGb: Figure;
  readonly tflopPerRequest: Figure;
  readonly requestsAtOnce: Figure;
  /** of the requests that run at once */
  readonly batchSeconds: Figure;
  /** within which 99 of 100 requests are answered */
  readonly slowestSeconds: Figure;
  readonly requestsPerSecondPerAccelerator: Figure;
  /** share of the arithmetic peak */
  readonly reached: Figure;
  readonly peakRequestsPerSecond: Figure;
  readonly acceleratorsNeeded: Figure;
  readonly acceleratorsAvailable: Figure;
  readonly requestsPerDayServed: Figure;
  readonly headroom: Figure;
  /** of an image, a million tokens or an hour of audio */
  readonly usdPerUnit: Figure;
  readonly usdPerMonth: Figure;
  readonly kilowattHoursPerUnit: Figure;
  /** modelled over measured rate; unavailable where nothing was measured */
  readonly predictionError: Figure;
  readonly batchParts: readonly Part[];
  readonly dailyLoad: readonly DayPoint[];
}

export type WorkloadReport = TrainingReport | InferenceReport | TaskReport;

/** Cumulative discounted spend at the end of a month of the horizon, in every way to get the accelerators. */
export interface CashPoint {
  readonly month: number;
  readonly rentUsd: number;
  readonly buyUsd: number;
  readonly buildUsd: number;
  readonly hybridUsd: number;
}

/** One way to get the accelerators, costed over the horizon. */
export interface CostOption {
  readonly kind: Acquisition;
  readonly label: string;
  readonly isChosen: boolean;
  readonly totalUsd: Figure;
  readonly usdPerAcceleratorHour: Figure;
  /** present values; they add up to the total */
  readonly parts: readonly Part[];
}

/** Why one way costs more than another, part by part; the parts add up to the difference. */
export interface CostDifference {
  readonly from: Acquisition;
  readonly to: Acquisition;
  readonly usd: number;
  readonly parts: readonly Part[];
}

/** What one workload costs in every way to get its accelerators: per run or per million output tokens. */
export interface WorkloadCost {
  readonly workloadId: string;
  readonly figures: readonly Figure[];
}

export interface CostReport {
  readonly rentUsdTotal: Figure;
  readonly buyUsdTotal: Figure;
  readonly capitalUsd: Figure;
  readonly operatingUsdPerYear: Figure;
  readonly chosenUsdTotal: Figure;
  readonly usdPerAcceleratorHourBought: Figure;
  readonly usdPerAcceleratorHourRented: Figure;
  readonly breakEvenUtilisation: Figure;
  readonly breakEvenMonth: Figure;
  readonly netPresentValueUsd: Figure;
  readonly internalRateOfReturn: Figure;
  readonly paybackMonth: Figure;
  readonly depreciationUsdPerYear: Figure;
  readonly ownedShare: Figure;
  readonly buyParts: readonly Part[];
  readonly rentParts: readonly Part[];
  readonly capitalParts: readonly Part[];
  readonly bookValues: readonly BookValue[];
  readonly cashFlow: readonly CashPoint[];
  readonly options: readonly CostOption[];
  /** the dearest option beside the cheapest; null where fewer than two are known */
  readonly difference: CostDifference | null;
  readonly workloads: readonly WorkloadCost[];
  readonly offers: readonly RentOffer[];
  /** the total as planned in a further currency; empty where none is chosen */
  readonly inCurrency: readonly Figure[];
  /** the total as planned by site; the sites add up to it */
  readonly sites: readonly SiteCost[];
}

/** What several sites mean for a plan: the ways between them, the loss of each, and jobs that span them. */
export interface SitesReport {
  readonly links: readonly SiteLinkReport[];
  readonly losses: readonly SiteLossReport[];
  readonly spreadJobs: readonly SpreadTrainingReport[];
}

export interface Report {
  readonly engineVersion: string;
  readonly catalogueDate: string;
  readonly headline: readonly Figure[];
  readonly sites: readonly SiteReport[];
  readonly clusters: readonly ClusterReport[];
  /** what each cluster is built of, in the order of the clusters */
  readonly facilities: readonly FacilityReport[];
  readonly workloads: readonly WorkloadReport[];
  readonly cost: CostReport;
  readonly severalSites: SitesReport;
  readonly timeline: TimelineReport;
  readonly findings: readonly Finding[];
  /** what no check looked at, in words */
  readonly notChecked: readonly string[];
}
