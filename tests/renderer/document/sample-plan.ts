import type { Plan, Quantity } from '@engine/plan';

export function byDefault(value: number): Quantity {
  return { value, origin: 'default' };
}

/** Two sites, three clusters, a training job and two services: enough structure for the edits to act on. */
export const samplePlan: Plan = {
  schemaVersion: 1,
  name: 'Sample',
  notes: '',
  sites: [site('site-1', 'Oslo'), site('site-2', 'Paris')],
  clusters: [
    cluster('cluster-1', 'Main', 'site-1'),
    cluster('cluster-2', 'Spare', 'site-1'),
    cluster('cluster-3', 'Edge', 'site-2'),
  ],
  workloads: [
    {
      kind: 'training',
      id: 'training-1',
      name: 'Pre-training',
      clusterId: 'cluster-1',
      modelId: 'llama-3.1-70b',
      precision: 'bf16',
      tokens: byDefault(15e12),
      sequenceLength: byDefault(8_192),
      globalBatchSequences: byDefault(2_048),
      layout: {
        tensorParallel: 8,
        pipelineParallel: 4,
        virtualStages: 1,
        contextParallel: 1,
        expertParallel: 1,
        microBatch: 1,
        recompute: 'selective',
        zeroStage: 1,
      },
      effectiveTimeFraction: byDefault(0.9),
      yearsBetweenInterruptions: null,
      detectionSeconds: null,
      restartSeconds: null,
      checkpointGigabytesPerSecond: null,
      spareNodes: null,
      repairDays: null,
      measuredStepSeconds: null,
    },
    service('inference-1', 'Chat', 'cluster-1'),
    service('inference-2', 'Search', 'cluster-3'),
  ],
  costs: {
    acquisition: 'rent',
    horizonYears: byDefault(4),
    utilisationFraction: byDefault(0.8),
    networkAndStorageFraction: byDefault(0.2),
    maintenanceFractionPerYear: byDefault(0.05),
    colocationUsdPerKwMonth: byDefault(150),
    residualFraction: byDefault(0.1),
    discountRatePerYear: byDefault(0.08),
    depreciationYears: null,
    egressUsdPerTb: null,
    electricityChangePerYear: null,
    facilityUsdPerKw: null,
    hybridOwnedFraction: null,
    installationFraction: null,
    rentChangePerYear: null,
    rentGoodputFraction: null,
    rentSupportFraction: null,
    softwareUsdPerAcceleratorYear: null,
    staffUsdPerAcceleratorYear: null,
    storageUsdPerTbMonth: null,
  },
  timeline: {
    demandGrowthPerYear: null,
    delayUsdPerMonth: null,
    chipPerYear: null,
    perDollarPerYear: null,
    perWattPerYear: null,
    fleetPerYear: null,
  },
};

function site(id: string, name: string): Plan['sites'][number] {
  return {
    id,
    name,
    regionId: 'nor',
    powerCapKw: null,
    powerUsageEffectiveness: byDefault(1.2),
    electricityUsdPerKwh: byDefault(0.07),
    gridGramsCo2PerKwh: byDefault(30),
    demandChargeUsdPerKwMonth: null,
    marketGramsCo2PerKwh: null,
    waterLitresPerKwh: null,
    floorSquareMetres: null,
    rackWeightKg: null,
    gridLeadTimeMonths: null,
    transformerLeadTimeMonths: null,
    linkGbps: null,
    linkKm: null,
    linkUsdPerMonth: null,
  };
}

function cluster(id: string, name: string, siteId: string): Plan['clusters'][number] {
  return {
    id,
    name,
    siteId,
    systemId: 'dgx-h100',
    nodes: byDefault(64),
    scaleOutGbpsPerAccelerator: byDefault(400),
    rentUsdPerAcceleratorHour: byDefault(2.5),
    purchaseUsdPerNode: byDefault(300_000),
    oversubscription: null,
    rackPowerKw: null,
    spineOversubscription: null,
    planes: null,
    rentStorageTb: null,
    rentEgressTbPerMonth: null,
    leadTimeMonths: null,
  };
}

function service(id: string, name: string, clusterId: string): Plan['workloads'][number] {
  return {
    kind: 'inference',
    id,
    name,
    clusterId,
    modelId: 'llama-3.1-70b',
    weightPrecision: 'fp8',
    keyValuePrecision: 'fp8',
    tensorParallel: 4,
    inputTokens: byDefault(1_000),
    outputTokens: byDefault(300),
    concurrentUsers: byDefault(10_000),
    requestsPerUserHour: byDefault(6),
    timeToFirstTokenTargetMs: byDefault(1_000),
    timePerOutputTokenTargetMs: byDefault(50),
    meanLoadFraction: byDefault(0.5),
    measuredTimePerOutputTokenMs: null,
    measuredTokensPerSecond: null,
    apiUsdPerMillionInputTokens: null,
    apiUsdPerMillionOutputTokens: null,
    cachedPrefixFraction: null,
    speculativeTokens: null,
    acceptanceFraction: null,
    offloadedWeightFraction: null,
  };
}
