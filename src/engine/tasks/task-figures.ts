import { assumptionValue } from '../catalogue/assumption';
import type { Fact, ImageModel } from '../catalogue/types';
import type { TaskWorkload } from '../plan';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import { clusterDevice } from '../facility/fabric/fabric-device';
import { peakFlopPerSecond } from '../hardware/device';
import { imageScale, pixelScale } from '../inference/image-service';
import type { Figure, FigureInput, TaskReport } from '../report';
import { taskEconomics } from './task-economics';
import { whyNoBatch, type EvaluatedTask } from './evaluated-task';
import { taskWords } from './task-context';

export type TaskFigures = {
  [Key in keyof TaskReport as TaskReport[Key] extends Figure ? Key : never]: TaskReport[Key];
};

/** Key of one of the service's figures. */
export function taskFigureKey({ workload }: EvaluatedTask, name: string): string {
  return `${workload.id}.${name}`;
}

/** Every figure of a service that answers in one piece: formula, substituted inputs, sources. */
export function taskFigures(evaluated: EvaluatedTask): TaskFigures {
  const model = modelFigures(evaluated);
  const rate = rateFigures(evaluated, model.tflopPerRequest);
  const capacity = capacityFigures(evaluated, rate);
  return { ...model, ...rate, ...capacity, ...taskEconomics(evaluated, capacity) };
}

/** Whether a service generates what it answers with, from noise. */
function isGenerator({ task }: TaskWorkload): boolean {
  return task === 'image' || task === 'video';
}

function modelFigures(evaluated: EvaluatedTask) {
  const { replica, workload, context } = evaluated;
  const { row } = context.model;
  const { request } = taskWords[workload.task];
  const count: Fact = row.parameters;
  const parameters = figure({
    key: taskFigureKey(evaluated, 'parameters'),
    label: 'Parameters',
    value: count.value,
    unit: 'parameters',
    formula: 'N',
    inputs: [factInput('N', 'Published parameters', count)],
    sources: [count.source],
    leavesOut: isGenerator(workload) ? 'text encoders' : '',
  });
  const weightGb = figure({
    key: taskFigureKey(evaluated, 'weightGb'),
    label: 'Weights',
    value: replica.weightBytes / 1e9,
    unit: 'GB',
    formula: 'W = Σ matrices · bytes per weight',
    inputs: [figureInput('N', parameters)],
    leavesOut: isGenerator(workload) ? `text encoders, the ${request} decoder` : 'padding',
  });
  const tflopPerRequest = figure({
    key: taskFigureKey(evaluated, 'tflopPerRequest'),
    label: `Work of one ${request}`,
    value: replica.flopPerRequest / 1e12,
    unit: 'TFLOP',
    formula: workFormula[workload.task],
    inputs: workInputs(evaluated),
    sources: 'source' in row ? [row.source] : [row.denoiserFlop.source],
    leavesOut: isGenerator(workload) ? 'text encoders' : 'convolutions, pooling, tokenising',
  });
  return { parameters, weightGb, tflopPerRequest };
}

const generatorFormula = 'C = n · e · C_1 · (x + q · (x² − x)) + C_d · p';
const workFormula = {
  image: generatorFormula,
  video: generatorFormula,
  embedding: 'C = s · (2 · N_m + C_attention)',
  speech: 'C = w · (C_encoder + 4 · L · h² · p + k · (2 · N_m + C_attention))',
} as const;

function workInputs({ size, context }: EvaluatedTask): FigureInput[] {
  const { model } = context;
  if (size.task === 'image' && model.task === 'image') return generatorInputs(model.row, size);
  if (size.task === 'video' && model.task === 'video') {
    return [
      derivedInput('F', 'Frames', size.frames, 'frames', 'plan'),
      ...generatorInputs(model.row, size, size.frames),
    ];
  }
  if (size.task === 'embedding') return [planInput('s', 'Tokens of a text', size.tokens, 'tokens')];
  if (size.task === 'speech' && model.task === 'speech') {
    return [
      planInput('D', 'Length of a recording', size.audioSeconds, 's'),
      factInput('D_w', 'Length of a window', model.speech.windowSeconds),
      derivedInput('w', 'Windows of a recording', size.windows, '1', 'plan'),
      factInput('p', 'Positions of a window', model.speech.windowPositions),
      derivedInput('k', 'Tokens written per window', size.tokensPerWindow, 'tokens', 'catalogue'),
    ];
  }
  return [];
}

function generatorInputs(
  row: ImageModel,
  { steps, edge }: { readonly steps: number; readonly edge: number },
  frames?: number,
): FigureInput[] {
  const pixels = pixelScale(row, { resolution: edge, ...(frames === undefined ? {} : { frames }) });
  return [
    planInput('n', 'Steps', steps, 'steps'),
    factInput('e', 'Evaluations per step', row.evaluationsPerStep),
    factInput('C_1', 'Work of one evaluation at the reference size', row.denoiserFlop),
    factInput('C_d', 'Work of decoding at the reference size', row.decoderFlop),
    derivedInput('p', 'Pixels over those of the reference', pixels, '1', 'plan'),
    derivedInput(
      'x',
      'Tokens, with those of the text, over those of the reference',
      imageScale(row, edge, frames),
      '1',
      'plan',
    ),
    factInput('q', 'Share of the work that grows with x²', row.quadraticShare),
  ];
}

const notMeasured =
  'requests of other sizes; no measured case of this kind was at hand: constants are those of language models';

function rateFigures(evaluated: EvaluatedTask, work: Figure) {
  const { sizing, workload, context, modelled } = evaluated;
  const { batch } = sizing;
  const { requests: many, request } = taskWords[workload.task];
  const unavailable = whyNoBatch(evaluated);
  const measured = workload.measuredRequestsPerSecond ?? null;
  const rate = batch === null ? null : batch.requests / batch.seconds;
  const modelledRate = modelled === null ? null : modelled.requests / modelled.seconds;
  const kind = workload.task === 'video' ? 'video' : 'image';
  const error = assumptionValue(context.catalogue.assumptions, `serving.${kind}Error`);
  const hasRange = isGenerator(workload) && measured === null && rate !== null;
  const target = planInput('t_max', 'Target', workload.targetSeconds, 's');
  const requestsAtOnce = figure({
    key: taskFigureKey(evaluated, 'requestsAtOnce'),
    label: `Up to so many ${many} at once`,
    value: batch?.requests ?? null,
    unit: many,
    formula: 'k with the fewest accelerators, t₉₉ ≤ t_max',
    inputs: [target],
    leavesOut: 'memory of activations',
    unavailable,
  });
  const batchSeconds = figure({
    key: taskFigureKey(evaluated, 'batchSeconds'),
    label: 'Time of such a batch',
    value: batch?.seconds ?? null,
    unit: 's',
    formula: batch === null ? 't' : `t = ${batch.parts.map(({ key }) => `t_${key}`).join(' + ')}`,
    inputs: (batch?.parts ?? []).map(({ key, label, seconds }) =>
      derivedInput(`t_${key}`, label, seconds, 's', 'model'),
    ),
    sources: isGenerator(workload) ? ['published-serving-measurements'] : [],
    leavesOut: isGenerator(workload) ? `text encoders, transfer of the ${request}` : notMeasured,
    unavailable,
  });
  const peak = peakFlopPerSecond(clusterDevice(context), workload.precision);
  return {
    requestsAtOnce,
    batchSeconds,
    requestsPerSecondPerAccelerator: figure({
      key: taskFigureKey(evaluated, 'requestsPerSecondPerAccelerator'),
      label: `${capital(many)} per second and accelerator`,
      value: rate,
      unit: `${many}/s`,
      ...(hasRange ? { low: rate * (1 - error), high: rate * (1 + error) } : {}),
      formula: measured === null ? 'X = k / t' : 'X = measured',
      inputs: [
        figureInput('k', requestsAtOnce),
        figureInput('t', batchSeconds),
        ...(measured === null ? [] : [planInput('X', 'Measured', measured, `${many}/s`)]),
      ],
      leavesOut: isGenerator(workload) ? 'requests of other sizes' : notMeasured,
      unavailable,
    }),
    reached: figure({
      key: taskFigureKey(evaluated, 'reached'),
      label: 'Share of the peak rate reached',
      value: rate === null ? null : (rate * evaluated.replica.flopPerRequest) / peak,
      unit: 'fraction',
      formula: 'η = X · C / P',
      inputs: [
        figureInput('C', work),
        derivedInput('X', `${capital(many)} per second`, rate ?? Number.NaN, '1/s', 'model'),
        derivedInput('P', 'Peak rate', peak / 1e12, 'TFLOP/s', 'catalogue'),
      ],
      leavesOut: `work that the model does not count as part of a ${request}`,
      unavailable,
    }),
    predictionError: figure({
      key: taskFigureKey(evaluated, 'predictionError'),
      label: 'Modelled rate over the measured one',
      value: measured === null || modelledRate === null ? null : modelledRate / measured.value - 1,
      unit: 'fraction',
      formula: 'e = X_model / X − 1',
      inputs: [
        derivedInput('X_model', 'Modelled', modelledRate ?? Number.NaN, `${many}/s`, 'model'),
        ...(measured === null ? [] : [planInput('X', 'Measured', measured, `${many}/s`)]),
      ],
      unavailable: measured === null ? 'Nothing was measured.' : unavailable,
    }),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function capacityFigures(
  evaluated: EvaluatedTask,
  rate: Pick<TaskFigures, 'requestsAtOnce' | 'batchSeconds' | 'requestsPerSecondPerAccelerator'>,
) {
  const { sizing, workload, context, peakRequestsPerSecond, slowest } = evaluated;
  const { requests: many } = taskWords[workload.task];
  const unavailable = whyNoBatch(evaluated);
  const mean = planInput('u', 'Mean load over the peak', workload.meanLoadFraction, 'fraction');
  const perDay = planInput(
    'N',
    `${capital(many)} of a day`,
    workload.requestsPerDay,
    `${many}/day`,
  );
  const target = planInput('t_max', 'Target', workload.targetSeconds, 's');
  const peak = figure({
    key: taskFigureKey(evaluated, 'peakRequestsPerSecond'),
    label: `${capital(many)} at the peak`,
    value: peakRequestsPerSecond,
    unit: `${many}/s`,
    formula: 'λ = N / (86 400 · u)',
    inputs: [perDay, mean],
  });
  const queue = [
    figureInput('λ', peak),
    figureInput('k', rate.requestsAtOnce),
    figureInput('t', rate.batchSeconds),
  ];
  const acceleratorsNeeded = figure({
    key: taskFigureKey(evaluated, 'acceleratorsNeeded'),
    label: 'Accelerators needed',
    value: sizing.accelerators,
    unit: 'accelerators',
    formula: 'n: fewest with t · b + W₉₉(λ / k, t, n) ≤ t_max',
    inputs: [...queue, target],
    leavesOut: 'reserve for failures and updates',
    unavailable,
  });
  const available = figure({
    key: taskFigureKey(evaluated, 'acceleratorsAvailable'),
    label: 'Accelerators of the cluster',
    value: evaluated.acceleratorsAvailable,
    unit: 'accelerators',
    formula: 'n_max = nodes · accelerators per node',
    inputs: [
      planInput('nodes', 'Nodes', context.cluster.nodes, 'nodes'),
      factInput(
        'accelerators per node',
        'Accelerators per node',
        context.system.acceleratorsPerNode,
      ),
    ],
    leavesOut: 'other workloads on the same cluster',
  });
  const servedPerDay =
    sizing.batch === null
      ? null
      : evaluated.servedPerSecond * 86_400 * workload.meanLoadFraction.value;
  const served = figure({
    key: taskFigureKey(evaluated, 'requestsPerDayServed'),
    label: `${capital(many)} of a day that the cluster can answer`,
    value: servedPerDay,
    unit: `${many}/day`,
    formula:
      'N_max = 86 400 · u · λ_max,   λ_max: most with t · b + W₉₉(λ_max / k, t, n_max) ≤ t_max',
    inputs: [mean, ...queue.slice(1), figureInput('n_max', available), target],
    leavesOut: 'reserve for failures and updates; other workloads on the same cluster',
    unavailable,
  });
  return {
    peakRequestsPerSecond: peak,
    acceleratorsNeeded,
    acceleratorsAvailable: available,
    slowestSeconds: figure({
      key: taskFigureKey(evaluated, 'slowestSeconds'),
      label: '99 of 100 are answered within',
      value: slowest,
      unit: 's',
      formula: 't₉₉ = t · b + W₉₉(λ / k, t, n)',
      inputs: [...queue, figureInput('n', acceleratorsNeeded)],
      leavesOut: 'time on the wire; requests of other sizes',
      unavailable,
    }),
    requestsPerDayServed: served,
    headroom: figure({
      key: taskFigureKey(evaluated, 'headroom'),
      label: 'Headroom above the peak',
      value:
        servedPerDay === null || workload.requestsPerDay.value <= 0
          ? null
          : servedPerDay / workload.requestsPerDay.value - 1,
      unit: 'fraction',
      formula: 'h = N_max / N − 1',
      inputs: [figureInput('N_max', served), perDay],
      leavesOut: 'other workloads of the cluster',
      unavailable: sizing.batch === null ? unavailable : 'Nobody uses the service.',
    }),
  };
}
