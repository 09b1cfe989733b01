import { assumptionInput } from '../catalogue/assumption';
import type { Accelerator } from '../catalogue/types';
import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { Figure, FigureInput, TrainingReport } from '../report';
import { trainingAssumptionKeys } from './constants';
import { figureKey, type EvaluatedTraining } from './evaluated-training';
import { modelFigures, memoryFigure } from './model-figures';
import { pipelineBubbleFigure } from './pipeline-timeline';
import { billFigures, runFigures } from './run-figures';
import { scaled, stepFactorKey, stepRange, whyNoTime } from './time-range';

type TrainingFigures = {
  [
    Key in keyof TrainingReport as TrainingReport[Key] extends Figure ? Key : never
  ]: TrainingReport[Key];
};

/** Every figure of a training report: formula, substituted inputs, sources. */
export function trainingFigures(evaluated: EvaluatedTraining): TrainingFigures {
  const model = modelFigures(evaluated);
  const speed = speedFigures(evaluated, model.flopPerToken);
  const run = runFigures(evaluated, speed.tokensPerSecond);
  return {
    ...model,
    memoryGbPerAccelerator: memoryFigure(evaluated, model.parameters),
    predictionError: predictionErrorFigure(evaluated),
    pipelineBubble: pipelineBubbleFigure(evaluated),
    ...speed,
    ...run,
    ...billFigures(evaluated, run),
  };
}

function stepFigure(evaluated: EvaluatedTraining): Figure {
  const { workload, modelled, job, stepSeconds } = evaluated;
  const { layout } = job;
  const range = stepRange(evaluated);
  const inputs: FigureInput[] = [
    planInput('p', 'Pipeline stages', layout.pipelineParallel, '1'),
    planInput('v', 'Chunks per stage', layout.virtualStages, '1'),
    derivedInput(
      'm',
      'Micro-batches per replica and step',
      job.globalBatch / (job.dataParallel * layout.microBatch),
      '1',
      'plan',
    ),
    derivedInput(
      't_DP',
      'Data-parallel time, exposed',
      modelled?.dataParallel ?? Number.NaN,
      's',
      'model',
    ),
    derivedInput('t_opt', 'Optimizer time', modelled?.optimizer ?? Number.NaN, 's', 'model'),
    assumptionInput(evaluated, 'ω', trainingAssumptionKeys.softwareOverhead),
    assumptionInput(evaluated, 'σ', trainingAssumptionKeys.waitingPerDoubling),
    assumptionInput(evaluated, 't_fixed', trainingAssumptionKeys.stepFixed),
    derivedInput('G', 'Accelerators used', evaluated.accelerators, 'accelerators', 'plan'),
    derivedInput('t_model', 'Modelled step time', modelled?.total ?? Number.NaN, 's', 'model'),
  ];
  const measured = workload.measuredStepSeconds;
  return figure({
    key: figureKey(evaluated, 'stepSeconds'),
    label: measured ? 'Step time, measured' : 'Step time',
    value: stepSeconds,
    unit: 's',
    low: scaled(stepSeconds, range.low),
    high: scaled(stepSeconds, range.high),
    formula: measured
      ? 't = measured; the model gives t_model'
      : 't = ((m + (p − 1) / v) · t_stage + t_DP + t_opt) · (1 + ω + σ · log₂ G) + t_fixed',
    inputs: measured
      ? [planInput('t', 'Measured step time', measured, 's'), ...inputs]
      : [...inputs, assumptionInput(evaluated, 'range', stepFactorKey)],
    sources: ['narayanan-2021'],
    leavesOut: 'failures, checkpoints and data loading; schedules without a bubble',
    unavailable: whyNoTime(evaluated),
  });
}

/**
 * How far the model lies from the measurement that replaces it.
 *
 *   ε = t_model / t − 1
 *
 * t_model modelled step time [s] · t measured step time [s]
 *
 * Source: definition.
 */
function predictionErrorFigure(evaluated: EvaluatedTraining): Figure {
  const { workload, modelled } = evaluated;
  const measured = workload.measuredStepSeconds;
  return figure({
    key: figureKey(evaluated, 'predictionError'),
    label: 'Model over measurement',
    value: measured === null || modelled === null ? null : modelled.total / measured.value - 1,
    unit: 'fraction',
    formula: 'ε = t_model / t − 1',
    inputs: [
      ...(measured === null ? [] : [planInput('t', 'Measured step time', measured, 's')]),
      derivedInput('t_model', 'Modelled step time', modelled?.total ?? Number.NaN, 's', 'model'),
    ],
    unavailable: measured === null ? 'No measured step time is entered.' : whyNoTime(evaluated),
  });
}

function speedFigures(evaluated: EvaluatedTraining, flopPerToken: Figure) {
  const { job, stepSeconds, accelerators, tokensPerStep, peakFlopPerSecond } = evaluated;
  const range = stepRange(evaluated);
  const unavailable = whyNoTime(evaluated);
  const step = stepFigure(evaluated);
  const rate = stepSeconds === null ? null : tokensPerStep / stepSeconds;
  const perAccelerator = rate === null ? null : rate / accelerators;
  const flopRate = perAccelerator === null ? null : perAccelerator * evaluated.flopPerToken;
  const spread = (value: number | null) => ({
    low: scaled(value, 1 / range.high),
    high: scaled(value, 1 / range.low),
  });
  const tokensPerSecond = figure({
    key: figureKey(evaluated, 'tokensPerSecond'),
    label: 'Tokens per second',
    value: rate,
    unit: 'tokens/s',
    ...spread(rate),
    formula: 'X = B · s / t',
    inputs: [
      planInput('B', 'Sequences per step', job.globalBatch, 'sequences'),
      planInput('s', 'Sequence length', job.sequenceLength, 'tokens'),
      figureInput('t', step),
    ],
    unavailable,
  });
  const count = derivedInput('G', 'Accelerators used', accelerators, 'accelerators', 'plan');
  const tokensPerSecondPerAccelerator = figure({
    key: figureKey(evaluated, 'tokensPerSecondPerAccelerator'),
    label: 'Tokens per second and accelerator',
    value: perAccelerator,
    unit: 'tokens/s',
    ...spread(perAccelerator),
    formula: 'x = X / G',
    inputs: [figureInput('X', tokensPerSecond), count],
    unavailable,
  });
  const tflopsPerAccelerator = figure({
    key: figureKey(evaluated, 'tflopsPerAccelerator'),
    label: 'Model TFLOP/s per accelerator',
    value: flopRate === null ? null : flopRate / 1e12,
    unit: 'TFLOP/s',
    ...spread(flopRate === null ? null : flopRate / 1e12),
    formula: 'R = x · C / 10¹²',
    inputs: [figureInput('x', tokensPerSecondPerAccelerator), figureInput('C', flopPerToken)],
    sources: ['chowdhery-2022'],
    leavesOut: 'recomputation, which is not useful work',
    unavailable,
  });
  const utilisation = flopRate === null ? null : flopRate / peakFlopPerSecond;
  return {
    stepSeconds: step,
    tokensPerSecond,
    tokensPerSecondPerAccelerator,
    tflopsPerAccelerator,
    modelFlopsUtilisation: figure({
      key: figureKey(evaluated, 'modelFlopsUtilisation'),
      label: 'Model FLOPs utilisation',
      value: utilisation,
      unit: 'fraction',
      ...spread(utilisation),
      formula: 'MFU = R / P',
      inputs: [
        figureInput('R', tflopsPerAccelerator),
        derivedInput(
          'P',
          `Dense peak at ${job.precision.toUpperCase()} or the next wider precision`,
          peakFlopPerSecond / 1e12,
          'TFLOP/s',
          'catalogue',
          peakSources(evaluated.context.accelerator),
        ),
      ],
      sources: ['chowdhery-2022'],
      leavesOut: 'the causal mask: attention counts in full, as in the paper',
      unavailable,
    }),
  };
}

/** Where the peak rates of an accelerator were read. */
function peakSources({ peakDense }: Accelerator): string[] {
  return [...new Set(Object.values(peakDense).map(({ source }) => source))];
}
