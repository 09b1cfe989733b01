import { describe, expect, test } from 'vitest';
import { compareProcessors } from '@engine/processors/compare-processors';
import { jobFlop } from '@engine/processors/figures';
import type { AnswersJob, TrainingStepJob } from '@engine/processors/job';
import type { Machine } from '@engine/processors/machine';
import type { Figure } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { figuresIn, modelOf } from '../../fixtures/engine-fixture';
import { recompute } from '../evaluate/formula';

const step: TrainingStepJob = {
  kind: 'training step',
  modelId: 'llama-3.1-8b',
  precision: 'bf16',
  sequences: 1024,
  sequenceLength: 8192,
};

const chat: AnswersJob = {
  kind: 'answers',
  modelId: 'llama-3.1-8b',
  weightPrecision: 'bf16',
  keyValuePrecision: 'bf16',
  answers: 10_000,
  inputTokens: 1000,
  outputTokens: 400,
};

const machines: readonly Machine[] = [
  { acceleratorId: 'xeon-6980p', processors: 1, cores: 1 },
  { acceleratorId: 'xeon-6980p', processors: 2 },
  { acceleratorId: 'epyc-9965', processors: 2 },
  { acceleratorId: 'grace', processors: 1 },
  { acceleratorId: 'h100-sxm', processors: 8 },
  { acceleratorId: 'h100-sxm', processors: 1024 },
];

function valueOf(figure: Figure | undefined): number {
  if (typeof figure?.value !== 'number') throw new Error(`${figure?.label ?? ''} has no value.`);
  return figure.value;
}

describe.each([step, chat])('the same $kind on processors of every kind', (job) => {
  const { answers, problems } = compareProcessors(job, machines, catalogue);
  const seconds = answers.map((answer) => valueOf(answer.seconds));

  test('is answered by all', () => {
    expect(problems).toEqual([]);
    expect(answers.map(({ name }) => name)).toEqual([
      '1 core of Xeon 6980P',
      '2 × Xeon 6980P',
      '2 × EPYC 9965',
      '1 × NVIDIA Grace',
      '8 × H100 SXM5 80GB',
      '1,024 × H100 SXM5 80GB',
    ]);
  });

  test('takes a core longer than a processor, a processor longer than GPUs, eight GPUs longer than a cluster', () => {
    const [core = 0, xeon = 0, epyc = 0, , gpus = 0, cluster = 0] = seconds;
    expect(core).toBeGreaterThan(50 * xeon);
    expect(Math.min(xeon, epyc)).toBeGreaterThan(5 * gpus);
    expect(gpus).toBeGreaterThan(cluster);
  });

  test('never needs less time than the arithmetic at its peak', () => {
    for (const answer of answers) {
      expect(valueOf(answer.reached), answer.name).toBeGreaterThan(0);
      expect(valueOf(answer.reached), answer.name).toBeLessThan(1);
    }
  });

  test('is as many times as fast as the times say', () => {
    expect(valueOf(answers[0]?.speedUp)).toBe(1);
    expect(valueOf(answers[4]?.speedUp)).toBeCloseTo((seconds[0] ?? 0) / (seconds[4] ?? 1), 6);
  });

  test('prints formulae that give their numbers', () => {
    const names = ['usd', 'kilowattHours', 'speedUp', 'lanes', 'matrixTflops', 'reached'];
    const printed = figuresIn(answers).filter(
      ({ key, value }) => names.some((name) => key.endsWith(name)) && value !== null,
    );
    expect(printed.length).toBeGreaterThan(25);
    for (const figure of printed) {
      expect(recompute(figure).asPrinted / valueOf(figure), figure.key).toBeCloseTo(1, 6);
    }
  });

  test('names sources that exist', () => {
    const cited = figuresIn(answers).flatMap(({ inputs, sources }) => [
      ...sources,
      ...inputs.flatMap((input) => input.sources),
    ]);
    expect(cited.length).toBeGreaterThan(10);
    expect(cited.filter((id) => !catalogue.sources.has(id))).toEqual([]);
  });
});

describe('why a GPU wins', () => {
  const { answers } = compareProcessors(chat, machines, catalogue);

  test('one answer on a core waits for memory; a full GPU does not idle', () => {
    const alone = compareProcessors({ ...chat, answers: 1 }, machines, catalogue).answers;
    expect(alone[0]?.bound).toBe('memory bandwidth: reading weights');
    const gpus = answers[4];
    expect(valueOf(gpus?.reached)).toBeGreaterThan(10 * valueOf(alone[4]?.reached));
  });

  test('a core reads no faster than one core can', () => {
    expect(valueOf(answers[0]?.memoryBandwidthTbps)).toBeCloseTo(0.012, 6);
    expect(valueOf(answers[1]?.memoryBandwidthTbps)).toBeCloseTo(2 * 0.8448, 6);
  });

  test('without a node in the catalogue there is no price, and it says so', () => {
    expect(answers[3]?.usd.value).toBeNull();
    expect(answers[3]?.usd.unavailable).toContain('No price');
    expect(answers[3]?.kilowattHours.value).toBeGreaterThan(0);
  });

  test('a job that the memory cannot hold is refused with the reason', () => {
    const [small] = compareProcessors(
      { ...chat, modelId: 'llama-3.1-405b' },
      [{ acceleratorId: 'h100-sxm', processors: 1 }],
      catalogue,
    ).answers;
    expect(small?.seconds.value).toBeNull();
    expect(small?.seconds.unavailable).toBe('The model does not fit into its memory.');
    expect(small?.speedUp.value).toBeNull();
    const [training] = compareProcessors(
      step,
      [{ acceleratorId: 'h100-sxm', processors: 1 }],
      catalogue,
    ).answers;
    expect(training?.seconds.unavailable).toContain('No layout fits');
  });
});

describe('bad input', () => {
  test.each([
    [{ ...chat, answers: 0 }, 'Answers must be above zero'],
    [{ ...chat, outputTokens: Number.NaN }, 'Output tokens must be above zero'],
    [{ ...step, sequenceLength: -1 }, 'Sequence length must be above zero'],
    [{ ...step, modelId: 'no-such' }, "no model 'no-such'"],
  ])('is a problem in words %#', (job, sentence) => {
    const { answers, problems } = compareProcessors(job, machines, catalogue);
    expect(answers).toEqual([]);
    expect(problems.join(' ')).toContain(sentence);
  });

  test('a machine that is none leaves the others', () => {
    const odd = [
      { acceleratorId: 'abacus', processors: 1 },
      { acceleratorId: 'h100-sxm', processors: 0 },
      { acceleratorId: 'h100-sxm', processors: 8 },
    ];
    const { answers, problems } = compareProcessors(chat, odd, catalogue);
    expect(answers).toHaveLength(1);
    expect(problems).toHaveLength(2);
  });
});

describe('work of a job', () => {
  test('is six times the parameters per trained token and twice per served one', () => {
    const model = modelOf('llama-3.1-8b');
    const tokens = step.sequences * step.sequenceLength;
    expect(jobFlop(step, model) / (6 * 8.03e9 * tokens)).toBeCloseTo(1.2, 0);
    const served = chat.answers * (chat.inputTokens + chat.outputTokens);
    expect(jobFlop(chat, model) / (2 * 8.03e9 * served)).toBeCloseTo(1, 1);
  });
});

describe('parallel units of the catalogue', () => {
  test.each([...catalogue.parallelUnits.values()].map((row) => [row.acceleratorId, row] as const))(
    '%s: units × lanes at a clock of this decade give the 32-bit peak',
    (id, row) => {
      const { peakDense, isRare } = catalogue.accelerators.get(id) ?? {};
      const peak = peakDense?.fp32?.value;
      if (peak === undefined) throw new Error(`${id} has no 32-bit peak.`);
      const gigahertz = (peak * 1e3) / (2 * row.units.value * row.lanesPerUnit.value);
      // Boards of a few watts and laptops at their base clock are slower.
      expect(gigahertz).toBeGreaterThan(isRare ? 0.5 : 1.2);
      expect(gigahertz).toBeLessThan(5);
    },
  );
});
