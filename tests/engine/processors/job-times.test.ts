import { describe, expect, test } from 'vitest';
import { answersTime } from '@engine/processors/answers-time';
import type { AnswersJob, JobTime, TrainingStepJob } from '@engine/processors/job';
import { describeMachine } from '@engine/processors/machine';
import { trainingStepTime } from '@engine/processors/training-step-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { modelOf } from '../../fixtures/engine-fixture';

const answers: AnswersJob = {
  kind: 'answers',
  modelId: 'llama-3.1-8b',
  weightPrecision: 'bf16',
  keyValuePrecision: 'bf16',
  answers: 512,
  inputTokens: 800,
  outputTokens: 200,
};

const step: TrainingStepJob = {
  kind: 'training step',
  modelId: 'llama-3.1-8b',
  precision: 'bf16',
  sequences: 256,
  sequenceLength: 4096,
};

function machineOf(acceleratorId: string, processors: number) {
  const machine = describeMachine({ acceleratorId, processors }, catalogue);
  if (machine === null) throw new Error(`${acceleratorId} is no machine.`);
  return machine;
}

function answering(job: Partial<AnswersJob>, id: string, processors: number): JobTime {
  const whole = { ...answers, ...job };
  return answersTime(whole, modelOf(whole.modelId), machineOf(id, processors), catalogue);
}

function training(job: Partial<TrainingStepJob>, id: string, processors: number): JobTime {
  const whole = { ...step, ...job };
  return trainingStepTime(whole, modelOf(whole.modelId), machineOf(id, processors), catalogue);
}

function secondsOf(time: JobTime): number {
  if (!time.isDone) throw new Error(time.reason);
  return time.seconds;
}

describe('answers', () => {
  test.each(['h100-sxm', 'xeon-6980p', 'mi300x', 'epyc-9965'])(
    'take %s longer the more there are',
    (id) => {
      const times = [1, 8, 64, 512, 4096].map((count) =>
        secondsOf(answering({ answers: count }, id, 1)),
      );
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    },
  );

  test('of many take about half as long on twice the processors', () => {
    const many = { answers: 50_000 };
    const ratio =
      secondsOf(answering(many, 'h100-sxm', 4)) / secondsOf(answering(many, 'h100-sxm', 8));
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(2.2);
  });

  test('longer ones take longer', () => {
    const short = secondsOf(answering({ outputTokens: 100 }, 'h100-sxm', 1));
    const long = secondsOf(answering({ outputTokens: 400 }, 'h100-sxm', 1));
    // Reading the prompts takes as long for both.
    expect(long).toBeGreaterThan(1.5 * short);
    expect(long).toBeLessThan(4 * short);
  });

  test('narrower weights are faster for one answer', () => {
    const wide = secondsOf(answering({ answers: 1 }, 'h100-sxm', 1));
    const narrow = secondsOf(answering({ answers: 1, weightPrecision: 'fp8' }, 'h100-sxm', 1));
    expect(narrow).toBeLessThan(wide);
  });

  test('one on one processor runs alone', () => {
    const one = answering({ answers: 1 }, 'h100-sxm', 1);
    expect(one).toMatchObject({ isDone: true, layout: '1 × TP 1, 1 at once' });
  });

  test('a large model is cut over the processors', () => {
    const large = answering({ modelId: 'llama-3.1-70b', answers: 1 }, 'h100-sxm', 8);
    expect(large.isDone && large.layout).toContain('TP 8');
  });

  test('a model without room says so', () => {
    const none = answering({ modelId: 'llama-3.1-405b' }, 'h100-sxm', 1);
    expect(none).toEqual({ isDone: false, reason: 'The model does not fit into its memory.' });
  });
});

describe('a training step', () => {
  test('has more work with more sequences', () => {
    const few = secondsOf(training({ sequences: 64 }, 'h100-sxm', 8));
    const many = secondsOf(training({ sequences: 256 }, 'h100-sxm', 8));
    expect(many / few).toBeGreaterThan(3);
    expect(many / few).toBeLessThan(4.5);
  });

  test('is faster on more processors, by about their number at most', () => {
    const eight = secondsOf(training({}, 'h100-sxm', 8));
    const many = secondsOf(training({}, 'h100-sxm', 64));
    expect(eight / many).toBeGreaterThan(4);
    // What more memory in all saves (recomputation, small micro-batches) may take it a little beyond.
    expect(eight / many).toBeLessThanOrEqual(8.5);
  });

  test('of a CPU needs no second one for its memory', () => {
    const alone = training({}, 'xeon-6980p', 1);
    expect(alone).toMatchObject({ isDone: true, layout: 'alone' });
  });

  test('names the degrees that are above one', () => {
    const spread = training({ modelId: 'llama-3.1-70b' }, 'h100-sxm', 64);
    expect(spread.isDone && spread.layout).toMatch(/TP|PP|DP/);
    expect(spread.isDone && spread.layout).not.toMatch(/ 1( |$)/);
  });

  test('that no layout divides says what would help', () => {
    const none = training({ sequences: 7 }, 'h100-sxm', 16);
    if (none.isDone) expect(none.layout).not.toContain('DP 16');
    else expect(none.reason).toContain('divides the batch');
    const small = training({}, 'h100-sxm', 1);
    expect(small).toMatchObject({ isDone: false });
  });
});

describe('the same machine and job', () => {
  test('give the same time again', () => {
    const once = answering({}, 'mi300x', 2);
    const again = answering({}, 'mi300x', 2);
    expect(again).toEqual(once);
  });

  test.each(['h100-sxm', 'xeon-6980p'])('a longer prompt never speeds %s up', (id) => {
    const times = [100, 400, 1600, 6400].map((inputTokens) =>
      secondsOf(answering({ inputTokens, answers: 16 }, id, 1)),
    );
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test.each([
    ['h100-sxm', 8],
    ['xeon-6980p', 2],
  ] as const)('a longer sequence costs a step on %s more per token', (id, count) => {
    const short = secondsOf(training({ sequenceLength: 2048, sequences: 128 }, id, count));
    const long = secondsOf(training({ sequenceLength: 8192, sequences: 32 }, id, count));
    expect(long).toBeGreaterThan(0.98 * short);
  });
});
