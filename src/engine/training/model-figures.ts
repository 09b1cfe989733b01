import { assumptionInput } from '../catalogue/assumption';
import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { Figure, FigureInput } from '../report';
import { trainingAssumptionKeys } from './constants';
import { parametersPerAccelerator, trainedWeightBytes } from './model-state';
import { figureKey, type EvaluatedTraining } from './evaluated-training';
import { optimizerBytes } from './optimizer';

/** Size and work of the model, before any hardware. */
export function modelFigures(evaluated: EvaluatedTraining) {
  const { context, job, flopPerToken: perToken, workload } = evaluated;
  const { architecture, parameters: counted } = job;
  const { model } = context;
  const row = (symbol: string, label: string, value: number): FigureInput =>
    derivedInput(symbol, label, value, '1', 'catalogue', [model.source]);
  const experts = architecture.mixtureOfExperts;
  const parameters = figure({
    key: figureKey(evaluated, 'parameters'),
    label: 'Parameters',
    value: counted.total,
    unit: 'parameters',
    formula: 'N = E + L · (A + F + norms), experts in place of F where the model has them',
    inputs: [
      row('E', 'Embedding and output head', counted.embedding),
      row('L', 'Layers', architecture.layers),
      row('A', 'Attention of one layer', counted.attentionPerLayer),
      row('F', 'Dense feed-forward of one layer', counted.denseFeedForward),
      ...(experts ? [row('X', 'Experts of one layer', counted.expertFeedForward)] : []),
    ],
    sources: [model.source],
    leavesOut: 'biases, position embeddings, multi-token prediction modules',
  });
  const activeParameters = figure({
    key: figureKey(evaluated, 'activeParameters'),
    label: 'Active parameters',
    value: counted.active,
    unit: 'parameters',
    formula: experts ? 'N_a = N − L_e · (e − k) · expert' : 'N_a = N',
    inputs: [
      figureInput('N', parameters),
      ...(experts
        ? [
            row('L_e', 'Layers with experts', counted.expertLayers),
            row('e', 'Experts', experts.experts),
            row('k', 'Experts per token', experts.expertsPerToken),
          ]
        : []),
    ],
    sources: [model.source],
  });
  const flopPerToken = figure({
    key: figureKey(evaluated, 'flopPerToken'),
    label: 'Model FLOP per token',
    value: perToken,
    unit: 'FLOP',
    formula: 'C = 6 · N_a + 12 · L · H · s',
    inputs: [
      figureInput('N_a', activeParameters),
      row('L', 'Layers', architecture.layers),
      row(
        'H',
        'Attention width',
        (perToken - 6 * counted.active) / (12 * architecture.layers * job.sequenceLength),
      ),
      planInput('s', 'Sequence length', workload.sequenceLength, 'tokens'),
    ],
    sources: ['chowdhery-2022'],
    leavesOut: 'the causal mask; recomputation; norms and activation functions',
  });
  const trainingFlop = figure({
    key: figureKey(evaluated, 'trainingFlop'),
    label: 'Work of the run',
    value: perToken * workload.tokens.value,
    unit: 'FLOP',
    formula: 'W = C · T',
    inputs: [
      figureInput('C', flopPerToken),
      planInput('T', 'Tokens to train on', workload.tokens, 'tokens'),
    ],
    leavesOut: 'experiments before the run, evaluation',
  });
  return { parameters, activeParameters, flopPerToken, trainingFlop };
}

/** Bytes per parameter of the optimizer: the assumption for AdamW in 32 bits, else what is left of it. */
function optimizerInput(evaluated: EvaluatedTraining): FigureInput {
  const { job, constants } = evaluated;
  const bytes = optimizerBytes(job, constants);
  if (bytes === constants.optimizerBytes) {
    return assumptionInput(evaluated, 'o', trainingAssumptionKeys.optimizerBytes);
  }
  return derivedInput('o', 'Bytes of master weight and moments per parameter', bytes, 'B', 'model');
}

/** Memory of the fullest accelerator. */
export function memoryFigure(evaluated: EvaluatedTraining, parameters: Figure): Figure {
  const { memory, job, device } = evaluated;
  const held = parametersPerAccelerator(job);
  return figure({
    key: figureKey(evaluated, 'memoryGbPerAccelerator'),
    label: 'Memory of the fullest accelerator',
    value: memory.total / 1e9,
    unit: 'GB',
    formula:
      'M = w · P + g · P + o · P (divided by the replicas where ZeRO shards) + A + logits + M_0',
    inputs: [
      figureInput('N', parameters),
      derivedInput('P', 'Parameters on this accelerator', held.dense + held.expert, '1', 'model'),
      derivedInput('w', 'Bytes per weight', trainedWeightBytes(job.precision), 'B', 'plan'),
      assumptionInput(evaluated, 'g', trainingAssumptionKeys.gradientBytes),
      optimizerInput(evaluated),
      planInput('Z', 'ZeRO stage', job.layout.zeroStage, '1'),
      derivedInput('A', 'Activations in flight', memory.activations / 1e9, 'GB', 'model'),
      derivedInput('logits', 'Logits', memory.logits / 1e9, 'GB', 'model'),
      assumptionInput(evaluated, 'M_0', trainingAssumptionKeys.framework),
      derivedInput(
        'M_max',
        'Memory of one accelerator',
        device.memoryBytes / 1e9,
        'GB',
        'catalogue',
        [evaluated.context.accelerator.memoryCapacity.source],
      ),
    ],
    sources: ['korthikanti-2022', 'rajbhandari-2020'],
    leavesOut: 'fragmentation, temporary workspaces, uneven expert load',
  });
}
