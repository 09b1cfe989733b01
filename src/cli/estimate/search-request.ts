import type { Catalogue } from '@engine/catalogue/types';
import type { TrainingLayout } from '@engine/plan';
import type { LayoutQuestion, RankedLayout } from '@engine/search/layout-question';
import type { LayoutConstraints } from '@engine/search/layout-space';
import { searchLayouts } from '@engine/search/search-layouts';
import { readTrainingConstants, type TrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { trainingMemory } from '@engine/training/memory';
import { CaseError, caseMisstatements, readCase, type CaseTraining } from './case';
import { caseMachine, type Machine } from './case-hardware';
import { caseArchitecture } from './case-model';
import { misstatementText } from './case-problems';
import { breakdown, layoutText } from './estimate-training';
import { readSearchPart, searchConstraints, searchOptions } from './search-options';
import { readLayoutExtras, readRecompute, readZeroStage, statedSchedule } from './training-fields';
import { predictTraining } from './training-metrics';
import { trainingQuestion } from './training-question';

/** Searches every layout of a request in the format of a case: {model, hardware, training}. */
export function searchRequest(raw: unknown, catalogue: Catalogue, top: number) {
  const [problem] = caseMisstatements(raw);
  if (problem !== undefined) throw new CaseError(misstatementText(problem));
  const read = readCase(raw);
  if (!read?.training) throw new CaseError('The request has no training part.');
  const assumptions: string[] = [];
  const assume = (sentence: string): void => void assumptions.push(sentence);
  const architecture = caseArchitecture(read.model, catalogue, assume);
  const machine = caseMachine(read.hardware, catalogue, assume);
  const constants = readTrainingConstants(catalogue.assumptions);
  const stated = readLayoutExtras(
    read.training,
    machine.device.acceleratorsPerNode,
    architecture.layers,
  );
  const question = {
    ...trainingQuestion(read.training, architecture, machine, assume),
    extras: stated,
  };
  const part = readSearchPart(raw);
  const { accelerators, globalBatch, sequenceLength } = question;
  const tokens = read.training.tokens_total ?? null;
  const work = { accelerators, tokensPerStep: globalBatch * sequenceLength, tokens };
  const found = searchLayouts(question, machine.device, constants, {
    ...searchOptions(part, work),
    constraints: {
      ...searchConstraints(part),
      ...statedDegrees(read.training),
      ...statedChoices(read.training, stated),
    },
    top,
  });
  const describe = (ranked: RankedLayout) => ({
    ...(part.counts ? { accelerators: ranked.accelerators } : {}),
    ...described(ranked, question, machine, constants),
    ...(ranked.alike === undefined ? {} : { alike: ranked.alike }),
  });
  return {
    evaluated: found.evaluated,
    pruned: found.pruned,
    feasible: found.feasible,
    best: found.best.map(describe),
    pareto: found.pareto.map(describe),
    regions: found.regions,
    assumptions,
  };
}

/** What the request states is kept; the rest is searched. */
function statedDegrees(given: CaseTraining): LayoutConstraints {
  const one = (value: number | null | undefined) => (value ? [value] : undefined);
  const recompute = readRecompute(given.recompute);
  const zeroStage = readZeroStage(given);
  const named = {
    tensorParallel: one(given.tp),
    pipelineParallel: one(given.pp),
    virtualStages: one(given.vpp),
    contextParallel: one(given.cp),
    expertParallel: one(given.ep),
    microBatch: one(given.micro_batch),
    recompute: recompute ? [recompute] : undefined,
    zeroStage: zeroStage === null ? undefined : [zeroStage],
  };
  return Object.fromEntries(Object.entries(named).filter(([, values]) => values !== undefined));
}

/** The schedule and the exchange that a request names; an exchange without ranks to exchange is no choice. */
function statedChoices(
  given: CaseTraining,
  { schedule, contextExchange }: Partial<TrainingLayout>,
): LayoutConstraints {
  const saysPlain = /1f1b|interleav/i.test(statedSchedule(given));
  return {
    ...(schedule ? { schedule: [schedule] } : saysPlain ? { schedule: ['1f1b'] } : {}),
    ...(contextExchange ? { contextExchange: [contextExchange] } : {}),
  };
}

function described(
  ranked: RankedLayout,
  question: LayoutQuestion,
  { device }: Machine,
  constants: TrainingConstants,
) {
  const { accelerators, ...work } = { ...question, accelerators: ranked.accelerators };
  const { hasSequenceParallel } = ranked;
  const job: TrainingJob = {
    ...work,
    layout: ranked.layout,
    dataParallel: ranked.dataParallel,
    ...(question.software ? { software: { ...question.software, hasSequenceParallel } } : {}),
  };
  const run = { tokens: null, effectiveTime: 1, count: accelerators };
  const { predicted, step } = predictTraining(job, device, constants, null, run);
  const memory = Object.fromEntries(
    Object.entries(trainingMemory(job, constants)).map(([use, bytes]) => [
      `${use}_gb`,
      bytes / 1e9,
    ]),
  );
  return {
    layout: { ...layoutText(job), sequence_parallel: hasSequenceParallel },
    predicted,
    memory,
    breakdown: breakdown(step),
  };
}
