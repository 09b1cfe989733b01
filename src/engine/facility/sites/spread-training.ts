import type { Catalogue } from '../../catalogue/types';
import type { ResolvedCluster, ResolvedWorkload } from '../../checks/resolve';
import { derivedInput, factInput, figure, figureInput, planInput } from '../../explain';
import { bytesPerElement } from '../../model/precision';
import { countParameters } from '../../model/parameters';
import type { Site, TrainingWorkload } from '../../plan';
import type { Figure, TrainingReport } from '../../report';
import { effectiveTime, type EffectiveTime } from '../../training/effective-time';
import { evaluateTraining } from '../../training/evaluated-training';
import { BYTES_PER_GB, SECONDS_PER_DAY } from '../../units';
import { exchangeSeconds, fibreIndex, fibreMilliseconds, routeBetween } from './site-link';

/** One training job over clusters of several sites: what the links between them cost it. */
export interface SpreadTrainingReport {
  readonly workloadId: string;
  readonly clusterIds: readonly string[];
  readonly siteIds: readonly string[];
  readonly accelerators: Figure;
  readonly exchangeSeconds: Figure;
  readonly stepSeconds: Figure;
  readonly exchangeShare: Figure;
  readonly days: Figure;
  readonly speedUp: Figure;
  readonly stepsPerExchange: Figure;
}

/** Share of the time that an exchange may take before it is called dear. */
export const dearExchange = 0.05;

/** A job whose further clusters were found. */
export interface SpreadJob {
  readonly workload: TrainingWorkload;
  readonly on: ResolvedWorkload;
  readonly clusters: readonly ResolvedCluster[];
}

/** The training jobs that name further clusters of the plan, each with all of its clusters, its own first. */
export function spreadJobs(
  workloads: readonly ResolvedWorkload[],
  clusters: readonly ResolvedCluster[],
): SpreadJob[] {
  return workloads.flatMap((on) => {
    const { workload } = on;
    if (workload.kind !== 'training') return [];
    const others = new Set(workload.otherClusterIds);
    others.delete(workload.clusterId);
    const further = clusters.filter(({ cluster }) => others.has(cluster.id));
    return further.length === 0 ? [] : [{ workload, on, clusters: [on.on, ...further] }];
  });
}

/** The slowest and the longest way between any two of the sites; null where one has no link. */
function worstRoute(sites: readonly Site[]): { gbps: number; km: number } | null {
  let [gbps, km] = [Infinity, 0];
  for (const [index, one] of sites.entries()) {
    for (const other of sites.slice(index + 1)) {
      const route = routeBetween(one, other);
      if (route === null) return null;
      [gbps, km] = [Math.min(gbps, route.gbps), Math.max(km, route.km)];
    }
  }
  return { gbps, km };
}

/** Step of the slowest part: every cluster computes its share of the batch with the job's own layout. */
function slowestStep({ workload, on, clusters }: SpreadJob, catalogue: Catalogue): number | null {
  const sizes = clusters.map(acceleratorsOf);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const steps = clusters.map((part, index) => {
    const share = (sizes[index] ?? 0) / total;
    const batch = workload.globalBatchSequences;
    return evaluateTraining(
      {
        ...workload,
        clusterId: part.cluster.id,
        measuredStepSeconds: null,
        globalBatchSequences: { ...batch, value: batch.value * share },
      },
      { ...part, catalogue, model: on.model },
    ).stepSeconds;
  });
  return steps.every((step) => step !== null) ? Math.max(...steps) : null;
}

function acceleratorsOf({ cluster, system }: ResolvedCluster): number {
  return cluster.nodes.value * system.acceleratorsPerNode.value;
}

/** Effective time of the job on all its accelerators: one that fails stops them all. */
function effectiveOf(
  { workload, on }: SpreadJob,
  accelerators: number,
  catalogue: Catalogue,
): EffectiveTime {
  const evaluated = evaluateTraining(workload, { ...on.on, catalogue, model: on.model });
  return effectiveTime({ ...evaluated, accelerators });
}

/**
 * A training job whose replicas stand on several sites. Every step ends with one exchange of all gradients between the sites
 * (see exchangeSeconds); within a site they are summed over its own fabric, as in a job of one cluster.
 *
 *   step = s + x, at best max(s, x) where computation hides the exchange
 *
 * s slowest step of the parts [s] · x exchange between the sites [s]
 *
 * Leaves out: stragglers, lost links, checkpoints across sites; a fabric between clusters of one site.
 * Source: definition.
 */
export function reportSpread(
  job: SpreadJob,
  alone: TrainingReport,
  catalogue: Catalogue,
): SpreadTrainingReport {
  const { workload, clusters } = job;
  const key = (name: string): string => `${workload.id}.spread.${name}`;
  const sites = [...new Map(clusters.map(({ site }) => [site.id, site])).values()];
  const route = worstRoute(sites);
  const index = fibreIndex(catalogue.assumptions);
  const oneWay = route === null ? Number.NaN : fibreMilliseconds(route.km, index.value);
  const width = Math.max(2, bytesPerElement(workload.precision));
  const gigabytes = (countParameters(job.on.model.architecture).total * width) / BYTES_PER_GB;
  const step = slowestStep(job, catalogue);
  const exchange =
    route === null ? null : exchangeSeconds(sites.length, gigabytes, route.gbps, oneWay);
  const noLink = 'A site of this job has no link to the others: enter its rate.';
  const count = derivedInput('m', 'Sites of the job', sites.length, 'sites', 'plan');
  const accelerators = figure({
    key: key('accelerators'),
    label: 'Accelerators of the job on all sites',
    value: clusters.reduce((sum, part) => sum + acceleratorsOf(part), 0),
    unit: 'accelerators',
    formula: 'Σ nᵢ · gᵢ',
    inputs: clusters.flatMap(({ cluster, system }, nth) => [
      planInput(`n${nth + 1}`, `Nodes of ${cluster.name}`, cluster.nodes, 'nodes'),
      factInput(`g${nth + 1}`, `Accelerators of a ${system.name}`, system.acceleratorsPerNode),
    ]),
  });
  const exchanged = figure({
    key: key('exchangeSeconds'),
    label: 'Exchange of gradients between the sites, per step',
    value: exchange,
    unit: 's',
    formula:
      sites.length > 1 ? 'x = 2 · (m − 1) · (8 · S / (m · B) + l / 1000)' : 'x = 0 · (m − 1)',
    inputs: [
      count,
      derivedInput('S', 'Gradients of all parameters', gigabytes, 'GB', 'training'),
      derivedInput('B', 'Rate of the slowest link', route?.gbps ?? Number.NaN, 'Gb/s', 'plan'),
      derivedInput('l', 'Longest time one way', oneWay, 'ms', 'plan', [index.source]),
    ],
    leavesOut: 'lost packets, other traffic on the links, compression of the gradients',
    unavailable: noLink,
  });
  const computed = derivedInput(
    's',
    'Slowest step of the parts',
    step ?? Number.NaN,
    's',
    'training',
  );
  const together = step === null || exchange === null ? null : step + exchange;
  const whyNoStep = exchange === null ? noLink : 'The layout does not fit one of the clusters.';
  const stepSeconds = figure({
    key: key('stepSeconds'),
    label: 'Step over all sites, exchange not hidden',
    value: together,
    ...(step === null || exchange === null
      ? {}
      : { low: Math.max(step, exchange), high: step + exchange }),
    unit: 's',
    formula: 's + x',
    inputs: [computed, figureInput('x', exchanged)],
    leavesOut: 'stragglers and lost links; at the low end computation hides the exchange',
    unavailable: whyNoStep,
  });
  const tokensPerStep = workload.globalBatchSequences.value * workload.sequenceLength.value;
  const useful = effectiveOf(job, accelerators.value ?? Number.NaN, catalogue);
  const daysAt = (seconds: number): number =>
    ((workload.tokens.value / tokensPerStep) * seconds) / (useful.value * SECONDS_PER_DAY);
  const days = figure({
    key: key('days'),
    label: 'Time to train over all sites',
    value: together === null ? null : daysAt(together),
    ...(step === null || exchange === null
      ? {}
      : { low: daysAt(Math.max(step, exchange)), high: daysAt(step + exchange) }),
    unit: 'days',
    formula: 'N / k · step / (e · 86400)',
    inputs: [
      planInput('N', 'Training tokens', workload.tokens, 'tokens'),
      derivedInput('k', 'Tokens of a step', tokensPerStep, 'tokens', 'plan'),
      figureInput('step', stepSeconds),
      useful.isStated
        ? useful.input
        : derivedInput('e', 'Time that advances the run', useful.value, 'fraction', 'training'),
    ],
    leavesOut: 'failures of the links between the sites',
    unavailable: whyNoStep,
  });
  return {
    workloadId: workload.id,
    clusterIds: clusters.map(({ cluster }) => cluster.id),
    siteIds: sites.map(({ id }) => id),
    accelerators,
    exchangeSeconds: exchanged,
    stepSeconds,
    exchangeShare: figure({
      key: key('exchangeShare'),
      label: 'Share of the time that the exchange takes',
      value: together === null || exchange === null ? null : exchange / together,
      unit: 'fraction',
      formula: 'x / step',
      inputs: [figureInput('x', exchanged), figureInput('step', stepSeconds)],
      unavailable: whyNoStep,
    }),
    days,
    speedUp: figure({
      key: key('speedUp'),
      label: 'Times as fast as on its own cluster alone',
      value:
        together === null || alone.days.value === null ? null : alone.days.value / daysAt(together),
      unit: '×',
      formula: 'a / d',
      inputs: [figureInput('a', alone.days), figureInput('d', days)],
      unavailable: alone.days.value === null ? 'The job alone has no time.' : whyNoStep,
    }),
    stepsPerExchange: figure({
      key: key('stepsPerExchange'),
      label: 'Steps between exchanges for 5 % of the time',
      value:
        step === null || exchange === null
          ? null
          : Math.max(1, Math.ceil(exchange / (dearExchange * step))),
      unit: 'steps',
      formula: 'max(1, ⌈x / (q · s)⌉)',
      inputs: [
        figureInput('x', exchanged),
        derivedInput('q', 'Share of the time', dearExchange, '1', 'definition'),
        computed,
      ],
      leavesOut: 'what fewer exchanges do to the model’s quality',
      unavailable: whyNoStep,
    }),
  };
}
