import { assumptionInput } from '../catalogue/assumption';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import type { Figure } from '../report';
import { acceleratorPrice } from '../cost/accelerator-price';
import { figureKey, whyNoPoint, type EvaluatedService } from './evaluated-service';
import { usdPerMillionOutputTokens } from './service';
import { servingAssumptionKeys } from './constants';

/** What the peak needs, what the cluster holds, and what a million tokens cost. */
export function capacityFigures(
  evaluated: EvaluatedService,
  { tokensPerSecondPerReplica }: { readonly tokensPerSecondPerReplica: Figure },
) {
  const { workload, service, shape, context, peakRequestsPerSecond } = evaluated;
  const { cluster, system } = context;
  const unavailable = whyNoPoint(evaluated);
  const peak = figure({
    key: figureKey(evaluated, 'peakRequestsPerSecond'),
    label: 'Requests at the peak',
    value: peakRequestsPerSecond,
    unit: 'requests/s',
    formula: 'λ = users · requests per user and hour / 3600',
    inputs: [
      planInput('users', 'Users at the busiest moment', workload.concurrentUsers, 'users'),
      planInput('requests', 'Requests per user and hour', workload.requestsPerUserHour, '1/h'),
    ],
  });
  const pool = service.point?.pool ?? null;
  const isPooled = pool !== null;
  const outputTokens = planInput('O', 'Output tokens per request', workload.outputTokens, 'tokens');
  const headroom = [
    derivedInput(
      'a',
      'Share of its rate that a replica is given at the peak',
      service.loadShare,
      'fraction',
      'operating point',
    ),
    assumptionInput(evaluated, 'z', servingAssumptionKeys.burstDeviations),
  ];
  const replicasNeeded = figure({
    key: figureKey(evaluated, 'replicasNeeded'),
    label: 'Replicas needed',
    value: service.replicasNeeded,
    unit: 'replicas',
    formula: isPooled
      ? 'n = ⌈λ / (x · a)⌉ + ⌈λ · t_pool⌉,   a: B · a + z · √(B · a) = B'
      : 'n = ⌈λ · O / (X · a)⌉,   a: B · a + z · √(B · a) = B',
    inputs: [
      figureInput('λ', peak),
      ...(pool === null || service.point === null
        ? [outputTokens, figureInput('X', tokensPerSecondPerReplica)]
        : [
            derivedInput(
              'x',
              'Requests of a replica that decodes',
              service.point.decodeRequestsPerSecond,
              'requests/s',
              'operating point',
            ),
            derivedInput(
              't_pool',
              'Time of the pool for prompts, kept for a request',
              pool.kept,
              's',
              'pool for prompts',
            ),
          ]),
      ...headroom,
    ],
    leavesOut: 'reserve for failures and updates',
    unavailable,
  });
  const stages = evaluated.serving.pipelineParallel;
  const perReplica =
    stages === 1
      ? planInput('T', 'Accelerators per replica, tensor parallel', workload.tensorParallel, '1')
      : planInput(
          'T',
          `Accelerators per replica, ${workload.tensorParallel} in each of ${stages} stages`,
          service.acceleratorsPerReplica,
          '1',
        );
  const acceleratorsNeeded = figure({
    key: figureKey(evaluated, 'acceleratorsNeeded'),
    label: 'Accelerators needed',
    value: service.acceleratorsNeeded,
    unit: 'accelerators',
    formula: 'G = n · T',
    inputs: [figureInput('n', replicasNeeded), perReplica],
    unavailable,
  });
  const replicasAvailable = figure({
    key: figureKey(evaluated, 'replicasAvailable'),
    label: 'Replicas that fit on the cluster',
    value: service.replicasAvailable,
    unit: 'replicas',
    formula: 'n_max = ⌊nodes · accelerators per node / T⌋',
    inputs: [
      planInput('nodes', 'Nodes', cluster.nodes, 'nodes'),
      factInput('accelerators per node', 'Accelerators per node', system.acceleratorsPerNode),
      perReplica,
    ],
    leavesOut: 'other workloads on the same cluster',
  });
  const requestsPerUserSecond = workload.requestsPerUserHour.value / 3600;
  const usersServed = figure({
    key: figureKey(evaluated, 'usersServed'),
    label: 'Users the cluster can serve',
    value:
      service.point === null
        ? null
        : Math.floor(service.requestsServedPerSecond / requestsPerUserSecond),
    unit: 'users',
    formula: isPooled
      ? 'users = ⌊λ_max · 3600 / requests per user and hour⌋'
      : 'users = ⌊n_max · X · a / O · 3600 / requests per user and hour⌋',
    inputs: [
      figureInput('n_max', replicasAvailable),
      ...(isPooled
        ? [
            derivedInput(
              'λ_max',
              'Requests that they serve, split over both pools',
              service.requestsServedPerSecond,
              'requests/s',
              'operating point',
            ),
          ]
        : []),
      figureInput('X', tokensPerSecondPerReplica),
      outputTokens,
      ...headroom,
      planInput('requests', 'Requests per user and hour', workload.requestsPerUserHour, '1/h'),
    ],
    leavesOut: 'reserve for failures and updates',
    unavailable: service.point === null ? unavailable : 'Users send no requests.',
  });
  const hasDemand = peakRequestsPerSecond > 0;
  const price = acceleratorPrice(context);
  const usdPerMillion = figure({
    key: figureKey(evaluated, 'usdPerMillionOutputTokens'),
    label: 'Cost of a million output tokens, prompts included',
    value:
      service.acceleratorsNeeded === null || !hasDemand || price.usdPerHour === null
        ? null
        : usdPerMillionOutputTokens(
            price.usdPerHour,
            service.acceleratorsNeeded,
            peakRequestsPerSecond * shape.outputTokens,
            workload.meanLoadFraction.value,
          ),
    unit: 'USD',
    formula: 'c = p · G / (3600 · λ · O · u) · 10⁶',
    inputs: [
      price.input,
      figureInput('G', acceleratorsNeeded),
      figureInput('λ', peak),
      outputTokens,
      planInput('u', 'Mean load as a share of the peak', workload.meanLoadFraction, 'fraction'),
    ],
    leavesOut: 'taxes, storage, traffic, staff; idle accelerators of the cluster beyond G',
    unavailable: whyNoUnitCost(evaluated, hasDemand),
  });
  return {
    peakRequestsPerSecond: peak,
    replicasNeeded,
    acceleratorsNeeded,
    replicasAvailable,
    usersServed,
    usdPerMillionOutputTokens: usdPerMillion,
  };
}

function whyNoUnitCost(evaluated: EvaluatedService, hasDemand: boolean): string {
  if (evaluated.service.point === null) return whyNoPoint(evaluated);
  return hasDemand
    ? acceleratorPrice(evaluated.context).unavailable
    : 'No requests are sent, so no tokens share the cost.';
}
