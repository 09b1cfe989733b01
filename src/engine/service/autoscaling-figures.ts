import { assumptionOf } from '../catalogue/assumption';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import { figureKey, whyNoPoint, type EvaluatedService } from '../inference/evaluated-service';
import { replicasAt } from '../inference/service';
import type { Figure } from '../report';
import { autoscaledDay } from './autoscaling';

export const replicaStartKey = 'serving.replicaStart';

/** What a day costs in accelerator-hours when replicas follow the load, and what that saves. */
export function autoscalingFigures(
  evaluated: EvaluatedService,
  { acceleratorsNeeded }: { readonly acceleratorsNeeded: Figure },
) {
  const { workload, service, context, peakRequestsPerSecond } = evaluated;
  const { point, acceleratorsPerReplica } = service;
  const start = assumptionOf(context.catalogue.assumptions, replicaStartKey);
  const minutes = workload.replicaStartMinutes ?? null;
  const startHours = (minutes?.value ?? start.value) / 60;
  const mean = workload.meanLoadFraction;
  const perReplica = point === null ? null : point.requestsPerSecond * service.loadShare;
  const replicas = replicasAt(service);
  const day =
    replicas === null || !((perReplica ?? 0) > 0) || !(peakRequestsPerSecond > 0)
      ? null
      : autoscaledDay(peakRequestsPerSecond, mean.value, replicas, startHours);
  const hours = day === null ? null : day.replicaHours * acceleratorsPerReplica;
  const always = acceleratorsNeeded.value === null ? null : 24 * acceleratorsNeeded.value;
  const unavailable = point === null ? whyNoPoint(evaluated) : 'No requests are sent.';
  const autoscaledHours = figure({
    key: figureKey(evaluated, 'autoscaledHours'),
    label: 'Accelerator-hours of a day, replicas following the load',
    value: hours,
    unit: 'h',
    formula: 'H = g · Σ max over h ≤ x ≤ h + d of ⌈λ(x) / X⌉ · 24 / 288',
    inputs: [
      planInput('g', 'Accelerators of a replica', acceleratorsPerReplica, '1'),
      derivedInput('λ', 'Requests at the peak', peakRequestsPerSecond, 'requests/s', 'plan'),
      planInput('u', 'Mean load as a share of the peak', mean, 'fraction'),
      derivedInput('X', 'Given to one replica', perReplica ?? Number.NaN, 'requests/s', 'model'),
      minutes === null
        ? factInput('d', start.label, start)
        : planInput('d', 'Time to start a replica', minutes, 'min'),
    ],
    leavesOut: `load that is not known in advance; days that differ${point?.pool ? '; X is the mean of both pools, and whole replicas of each are counted' : ''}`,
    unavailable,
  });
  return {
    autoscaledHours,
    autoscalingSaved: figure({
      key: figureKey(evaluated, 'autoscalingSaved'),
      label: 'Saved against keeping all of them running',
      value: hours === null || always === null || always <= 0 ? null : savedShare(hours, always),
      unit: 'fraction',
      formula: 's = 1 − H / (24 · G)',
      inputs: [figureInput('H', autoscaledHours), figureInput('G', acceleratorsNeeded)],
      leavesOut: 'what the machines cost while they are given back',
      unavailable,
    }),
    replicasAhead: figure({
      key: figureKey(evaluated, 'replicasAhead'),
      label: 'Replicas started ahead of the load, at most',
      value: day?.mostAhead ?? null,
      unit: 'replicas',
      formula: 'max over h of n(h) − ⌈λ(h) / X⌉',
      inputs: autoscaledHours.inputs,
      leavesOut: 'bursts within minutes, which the share a replica is given leaves room for',
      unavailable,
    }),
  };
}

/** What is saved of the hours of keeping all; a share of 10⁻⁹ is the rounding of their sum over the day. */
function savedShare(hours: number, always: number): number {
  const share = 1 - hours / always;
  return Math.abs(share) < 1e-9 ? 0 : share;
}
