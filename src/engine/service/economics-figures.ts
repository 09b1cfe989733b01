import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import { auxiliaryShare, clusterPowerKw, nodePowerInputs } from '../facility/power';
import { figureKey, whyNoPoint, type EvaluatedService } from '../inference/evaluated-service';
import type { Figure } from '../report';
import { HOURS_PER_YEAR } from '../units';
import { acceleratorPrice } from '../cost/accelerator-price';

/** The figures of capacity that unit economics are made of. */
interface Capacity {
  readonly peakRequestsPerSecond: Figure;
  readonly acceleratorsNeeded: Figure;
  readonly usersServed: Figure;
  readonly tokensPerSecondPerReplica: Figure;
}

const hoursPerMonth = HOURS_PER_YEAR / 12;

/** Inputs and numbers that every unit cost shares. */
function basisOf(evaluated: EvaluatedService, capacity: Capacity) {
  const { workload, context, peakRequestsPerSecond, service } = evaluated;
  const price = acceleratorPrice(context);
  const rent = price.usdPerHour;
  const meanRequests = peakRequestsPerSecond * workload.meanLoadFraction.value;
  const { acceleratorsNeeded } = service;
  const isKnown = acceleratorsNeeded !== null && meanRequests > 0;
  const usdPerRequest =
    isKnown && rent !== null ? (rent * acceleratorsNeeded) / (3600 * meanRequests) : null;
  const unavailable =
    service.point === null
      ? whyNoPoint(evaluated)
      : meanRequests > 0
        ? price.unavailable
        : 'No requests are sent, so nothing shares the cost.';
  const cost = [
    price.input,
    figureInput('G', capacity.acceleratorsNeeded),
    figureInput('λ', capacity.peakRequestsPerSecond),
    planInput('u', 'Mean load as a share of the peak', workload.meanLoadFraction, 'fraction'),
  ];
  return { rent, meanRequests, acceleratorsNeeded, usdPerRequest, unavailable, cost };
}

const leavesOut = 'taxes, storage, traffic, staff; idle accelerators of the cluster beyond G';

/** What a token, a request, a user and an API in its place cost, at the real load. */
export function economicsFigures(evaluated: EvaluatedService, capacity: Capacity) {
  return {
    ...loadFigures(evaluated, capacity),
    ...tokenFigures(evaluated, capacity),
    ...energyFigure(evaluated, capacity),
    ...apiFigures(evaluated, capacity),
  };
}

function loadFigures(evaluated: EvaluatedService, capacity: Capacity) {
  const { workload, service } = evaluated;
  const { point } = service;
  const usersServed = capacity.usersServed.value;
  const users = workload.concurrentUsers.value;
  const perHour = workload.requestsPerUserHour.value;
  const usersPerReplica = figure({
    key: figureKey(evaluated, 'usersPerReplica'),
    label: 'Users per replica',
    value:
      point === null || perHour <= 0
        ? null
        : (point.requestsPerSecond * service.loadShare * 3600) / perHour,
    unit: 'users',
    formula: 'U = 3600 · X · a / (O · r)',
    inputs: [
      figureInput('X', capacity.tokensPerSecondPerReplica),
      derivedInput('a', 'Share of its rate', service.loadShare, 'fraction', 'operating point'),
      planInput('O', 'Output tokens per request', workload.outputTokens, 'tokens'),
      planInput('r', 'Requests per user and hour', workload.requestsPerUserHour, '1/h'),
    ],
    unavailable: point === null ? whyNoPoint(evaluated) : 'Users send no requests.',
  });
  const headroom = figure({
    key: figureKey(evaluated, 'headroom'),
    label: 'Headroom above the peak',
    value: usersServed === null || users <= 0 ? null : usersServed / users - 1,
    unit: 'fraction',
    formula: 'h = N_max / N − 1',
    inputs: [
      figureInput('N_max', capacity.usersServed),
      planInput('N', 'Users at the busiest moment', workload.concurrentUsers, 'users'),
    ],
    leavesOut: 'other workloads of the cluster',
    unavailable: point === null ? whyNoPoint(evaluated) : 'Nobody uses the service.',
  });
  return { usersPerReplica, headroom };
}

/**
 * The cost of a request split by the machine time of its prompt and of its answer.
 *
 *   φ = t_prompt / (t_prompt + O · t_decode / B)
 *
 * Where prompts have replicas of their own, the times are those that both pools keep for a request, idle shares included.
 */
function tokenFigures(evaluated: EvaluatedService, capacity: Capacity) {
  const { workload, service, shape } = evaluated;
  const { point } = service;
  const { usdPerRequest, unavailable, cost, rent, acceleratorsNeeded } = basisOf(
    evaluated,
    capacity,
  );
  const answerSeconds =
    point === null ? Number.NaN : (shape.outputTokens * point.decode.total) / point.batch;
  const promptSeconds = point?.pool?.kept ?? point?.promptSeconds ?? 0;
  const isPooled = point !== null && point.pool !== null;
  const answerKept = isPooled ? answerSeconds / service.loadShare : answerSeconds;
  const promptShare = point === null ? 0 : promptSeconds / (promptSeconds + answerKept);
  const share = derivedInput(
    'φ',
    'Share of the machine’s time on prompts',
    promptShare,
    'fraction',
    'operating point',
  );
  const perMillion = (name: string, label: string, part: number, tokens: number, formula: string) =>
    figure({
      key: figureKey(evaluated, name),
      label,
      value: usdPerRequest === null ? null : ((usdPerRequest * part) / tokens) * 1e6,
      unit: 'USD',
      formula,
      inputs: [
        ...cost,
        share,
        planInput('s', 'Input tokens per request', workload.inputTokens, 'tokens'),
        planInput('O', 'Output tokens per request', workload.outputTokens, 'tokens'),
      ],
      leavesOut,
      unavailable,
    });
  return {
    usdPerThousandRequests: figure({
      key: figureKey(evaluated, 'usdPerThousandRequests'),
      label: 'Cost of a thousand requests',
      value: usdPerRequest === null ? null : usdPerRequest * 1e3,
      unit: 'USD',
      formula: 'c = p · G / (3600 · λ · u) · 10³',
      inputs: cost,
      leavesOut,
      unavailable,
    }),
    usdPerMillionInputTokens: perMillion(
      'usdPerMillionInputTokens',
      'Cost of a million input tokens, by their share of the time',
      promptShare,
      shape.inputTokens,
      'c_in = φ · p · G / (3600 · λ · u · s) · 10⁶',
    ),
    usdPerMillionGeneratedTokens: perMillion(
      'usdPerMillionGeneratedTokens',
      'Cost of a million output tokens, by their share of the time',
      1 - promptShare,
      shape.outputTokens,
      'c_out = (1 − φ) · p · G / (3600 · λ · u · O) · 10⁶',
    ),
    usdPerUserMonth: figure({
      key: figureKey(evaluated, 'usdPerUserMonth'),
      label: 'Cost of a user at the peak, per month',
      value:
        usdPerRequest === null || rent === null || acceleratorsNeeded === null
          ? null
          : (rent * acceleratorsNeeded * hoursPerMonth) / workload.concurrentUsers.value,
      unit: 'USD/month',
      formula: 'c_user = p · G · 730 / U',
      inputs: [
        ...cost.slice(0, 2),
        planInput('U', 'Users at the busiest moment', workload.concurrentUsers, 'users'),
      ],
      leavesOut: `${leavesOut}; subscribers who are not there at the peak share the same cost`,
      unavailable,
    }),
  };
}

function energyFigure(evaluated: EvaluatedService, capacity: Capacity) {
  const { workload, context, service } = evaluated;
  const { system, site } = context;
  const { assumptions } = context.catalogue;
  const { meanRequests, acceleratorsNeeded } = basisOf(evaluated, capacity);
  const kilowatts =
    acceleratorsNeeded === null
      ? null
      : clusterPowerKw(
          system,
          acceleratorsNeeded / system.acceleratorsPerNode.value,
          auxiliaryShare(assumptions).value,
        );
  const tokensPerHour = 3600 * meanRequests * workload.outputTokens.value;
  return {
    energyKwhPerMillionTokens: figure({
      key: figureKey(evaluated, 'energyKwhPerMillionTokens'),
      label: 'Energy of a million output tokens',
      value:
        kilowatts === null || tokensPerHour <= 0
          ? null
          : ((kilowatts * site.powerUsageEffectiveness.value) / tokensPerHour) * 1e6,
      unit: 'kWh',
      formula: 'E = G / g · (p + α · r) · PUE / (3600 · λ · O · u) · 10⁶',
      inputs: [
        figureInput('G', capacity.acceleratorsNeeded),
        factInput('g', 'Accelerators per node', system.acceleratorsPerNode),
        ...nodePowerInputs(system, assumptions),
        planInput('PUE', 'Power usage effectiveness', site.powerUsageEffectiveness, '1'),
        figureInput('λ', capacity.peakRequestsPerSecond),
        planInput('O', 'Output tokens per request', workload.outputTokens, 'tokens'),
        planInput('u', 'Mean load as a share of the peak', workload.meanLoadFraction, 'fraction'),
      ],
      leavesOut: 'the lower power of idle hours: an upper estimate',
      unavailable:
        service.point === null
          ? whyNoPoint(evaluated)
          : 'No requests are sent, so none use energy.',
    }),
  };
}

function apiFigures(evaluated: EvaluatedService, capacity: Capacity) {
  const { workload } = evaluated;
  const { usdPerRequest, unavailable, cost, rent, acceleratorsNeeded } = basisOf(
    evaluated,
    capacity,
  );
  const input = workload.apiUsdPerMillionInputTokens;
  const output = workload.apiUsdPerMillionOutputTokens;
  const hasPrice = Boolean(input) || Boolean(output);
  const apiPerRequest =
    ((input?.value ?? 0) * workload.inputTokens.value +
      (output?.value ?? 0) * workload.outputTokens.value) /
    1e6;
  const isKnown = hasPrice && usdPerRequest !== null && apiPerRequest > 0;
  const why = hasPrice ? unavailable : 'No API price is entered to compare with.';
  const prices = [
    planInput('s', 'Input tokens per request', workload.inputTokens, 'tokens'),
    planInput('O', 'Output tokens per request', workload.outputTokens, 'tokens'),
    ...(input ? [planInput('P_in', 'API price, input', input, 'USD/M tokens')] : []),
    ...(output ? [planInput('P_out', 'API price, output', output, 'USD/M tokens')] : []),
  ];
  return {
    apiCostRatio: figure({
      key: figureKey(evaluated, 'apiCostRatio'),
      label: 'Own cost over the API’s',
      value: isKnown ? usdPerRequest / apiPerRequest : null,
      unit: 'fraction',
      formula: 'q = p · G / (3600 · λ · u) / ((s · P_in + O · P_out) / 10⁶)',
      inputs: [...cost, ...prices],
      leavesOut: `${leavesOut}; discounts for cached prompts and batches`,
      unavailable: why,
    }),
    apiBreakEvenRequestsPerDay: figure({
      key: figureKey(evaluated, 'apiBreakEvenRequestsPerDay'),
      label: 'Requests per day from which the own cluster is cheaper',
      value:
        isKnown && rent !== null && acceleratorsNeeded !== null
          ? (24 * rent * acceleratorsNeeded) / apiPerRequest
          : null,
      unit: 'requests/day',
      formula: 'N = 24 · p · G / ((s · P_in + O · P_out) / 10⁶)',
      inputs: [...cost.slice(0, 2), ...prices],
      leavesOut: 'a smaller cluster for a smaller load: G is that of the plan’s peak',
      unavailable: why,
    }),
  };
}
