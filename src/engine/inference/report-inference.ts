import { kindName } from '../catalogue/kind-name';
import type { Accelerator } from '../catalogue/types';
import { clusterDevice } from '../facility/fabric/fabric-device';
import type { InferenceWorkload } from '../plan';
import type { Finding, InferenceReport } from '../report';
import { batchCurve, decodeParts, memoryParts, servingLossStages } from './curves';
import type { EvaluatedService, InferenceContext } from './evaluated-service';
import { inferenceFigures } from './figures';
import { allowedTensorParallel, inferenceFindings } from './findings';
import { maximumBatch } from './capacity';
import { meanContextTokens, type BatchLimit } from './operating-point';
import { evaluateService, replicasAt, type Service } from './service';
import { dailyLoad } from '../service/daily-load';
import { measurementFindings, withMeasurement } from '../service/measured';
import { acceleratorPrice } from '../cost/accelerator-price';
import { servingConstantsOn } from './device-constants';
import { prepareServing } from './serving';
import { layoutProblems, tooFewAccelerators } from './layout-findings';
import { degreesOf, degreesText, workloadLayout } from './workload-layout';
import { workloadShape } from './workload-shape';

/** Sizes, times and prices one inference service of a plan. */
export function reportInference(
  workload: InferenceWorkload,
  context: InferenceContext,
): { report: InferenceReport; findings: Finding[] } {
  const evaluated = evaluateWorkload(workload, context);
  const { serving, service, shape } = evaluated;
  const findings = [
    ...layoutProblems(workload, serving.architecture),
    ...tooFewAccelerators(workload, serving.architecture, acceleratorsAvailable(context)),
    ...inferenceFindings({
      workload,
      cluster: context.cluster,
      serving,
      service,
      fittingTensorParallel: fittingTensorParallel(evaluated),
      acceleratorsPerNode: context.system.acceleratorsPerNode.value,
    }),
    ...measurementFindings(evaluated.modelled, workload),
  ];
  const contextTokens = meanContextTokens(shape);
  const figures = inferenceFigures(evaluated);
  const heldBatch = Math.max(service.batch, 0);
  const report: InferenceReport = {
    kind: 'inference',
    workloadId: workload.id,
    isFeasible: service.point !== null && !findings.some((found) => found.level === 'problem'),
    decomposition: decomposition(
      workload,
      service,
      context.accelerator.kind,
      figures.usersPerReplica.value,
    ),
    bound: bound(service),
    ...figures,
    memoryParts: memoryParts(serving, heldBatch, contextTokens),
    decodeParts: service.point === null ? [] : decodeParts(service.point),
    lossStages: servingLossStages(serving, shape, service, {
      peakRequestsPerSecond: evaluated.peakRequestsPerSecond,
      meanLoadFraction: workload.meanLoadFraction.value,
      usdPerAcceleratorHour: acceleratorPrice(context).usdPerHour ?? 0,
    }),
    dailyLoad: dailyLoad(
      evaluated.peakRequestsPerSecond,
      workload.meanLoadFraction.value,
      replicasAt(service),
    ),
    batchCurve: batchCurve(serving, shape, service.maximumBatch, service.batch),
  };
  return { report, findings };
}

function evaluateWorkload(
  workload: InferenceWorkload,
  context: InferenceContext,
): EvaluatedService {
  const { model, catalogue } = context;
  const device = clusterDevice(context);
  const serving = prepareServing(
    {
      device,
      architecture: model.architecture,
      ...workloadLayout(workload, catalogue.assumptions),
    },
    servingConstantsOn(device, 'current', catalogue.assumptions),
  );
  const shape = workloadShape(workload, catalogue.assumptions);
  const peakRequestsPerSecond =
    (workload.concurrentUsers.value * workload.requestsPerUserHour.value) / 3600;
  const modelled = evaluateService(serving, {
    shape,
    targets: {
      timeToFirstTokenSeconds: workload.timeToFirstTokenTargetMs.value / 1e3,
      timePerOutputTokenSeconds: workload.timePerOutputTokenTargetMs.value / 1e3,
    },
    peakRequestsPerSecond,
    acceleratorsAvailable: acceleratorsAvailable(context),
  });
  const service = withMeasurement(modelled, workload, peakRequestsPerSecond);
  return { workload, context, serving, service, modelled, shape, peakRequestsPerSecond };
}

function acceleratorsAvailable({
  cluster,
  system,
}: Pick<InferenceContext, 'cluster' | 'system'>): number {
  return cluster.nodes.value * system.acceleratorsPerNode.value;
}

/** The smallest tensor-parallel degree within the scale-up domain at which one request fits; null when none does. */
function fittingTensorParallel({
  serving,
  shape,
  workload,
  context,
}: EvaluatedService): number | null {
  const { attentionDataParallel } = degreesOf(workload);
  const degrees = allowedTensorParallel(
    serving.architecture.heads * attentionDataParallel,
    serving.device.scaleUp.domain,
  ).filter((degree) => degree % attentionDataParallel === 0);
  const setup = {
    device: serving.device,
    architecture: serving.architecture,
    ...workloadLayout(workload, context.catalogue.assumptions),
  };
  const constants = servingConstantsOn(serving.device, 'current', context.catalogue.assumptions);
  const fits = (tensorParallel: number): boolean =>
    maximumBatch(
      prepareServing({ ...setup, tensorParallel }, constants),
      meanContextTokens(shape),
    ) >= 1;
  return degrees.find(fits) ?? null;
}

const count = new Intl.NumberFormat('en');

/** "1 GPU", "40 GPUs". */
function counted(number: number, name: string): string {
  return `${count.format(number)} ${name}${number === 1 ? '' : 's'}`;
}

function decomposition(
  workload: InferenceWorkload,
  service: Service,
  kind: Accelerator['kind'],
  usersPerReplica: number | null,
): string {
  const { replicasNeeded, acceleratorsNeeded, acceleratorsPerReplica } = service;
  const name = kindName[kind];
  const perReplica = `${counted(acceleratorsPerReplica, name)} (${degreesText(workload)})`;
  if (replicasNeeded === null || acceleratorsNeeded === null) {
    return service.maximumBatch < 1
      ? `One replica does not fit on ${perReplica}`
      : `No number of replicas meets the target: ${service.limit}`;
  }
  const pools =
    service.point === null || service.point.pool === null
      ? ''
      : ` (${count.format(replicasNeeded - service.promptReplicas)} for answers, ${count.format(service.promptReplicas)} for prompts)`;
  const split = `${counted(acceleratorsNeeded, name)} = ${counted(replicasNeeded, 'replica')}${pools} × ${perReplica}`;
  return usersPerReplica === null
    ? split
    : `${split}; ${count.format(Math.round(usersPerReplica))} users per replica`;
}

/** What a pool for prompts is held up by, where it takes more replicas than the answers do; null else. */
function poolPace({ point, replicasNeeded, promptReplicas }: Service): string | null {
  if (!point?.pool || promptReplicas * 2 <= (replicasNeeded ?? 0)) return null;
  return point.pool.link > point.pool.prompt
    ? 'sending the caches of prompts between the pools'
    : 'prompt processing in its own pool';
}

/** What sets the pace of the service, in words. */
function bound(service: Service): string {
  const { point } = service;
  if (point === null) {
    return service.maximumBatch < 1 ? 'memory capacity' : `target: ${service.limit}`;
  }
  const { matmul, cache, collective, overhead, host } = point.decode;
  const shares: readonly (readonly [number, string])[] = [
    [matmul, 'reading weights and arithmetic'],
    [cache, 'reading the key–value cache'],
    [collective, 'tensor-parallel communication'],
    [overhead, 'kernel launches and scheduling'],
    [host, 'reading weights and caches from host memory'],
    [point.prefillShare, 'prompt processing'],
  ];
  const largest = shares.reduce((most, share) => (share[0] > most[0] ? share : most));
  const pace = poolPace(service) ?? largest[1];
  return `${pace}; batch limited by ${batchLimits[service.limit]}`;
}

const batchLimits: Readonly<Record<BatchLimit, string>> = {
  memory: 'memory capacity',
  engine: 'what the engine accepts on a replica',
  'captured graphs': 'the largest captured step',
  'time to first token': 'target: time to first token',
  'time per output token': 'target: time per output token',
};
