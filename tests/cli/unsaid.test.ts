import { describe, expect, it } from 'vitest';
import { estimateCases } from '../../src/cli/estimate/estimate';
import type { Prediction } from '../../src/cli/estimate/case';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function predict(raw: object): Prediction {
  const [prediction] = estimateCases([{ id: 'one', ...raw }], catalogue);
  if (prediction?.predicted === undefined) throw new Error(prediction?.error ?? 'none');
  return prediction;
}

const layoutOf = (prediction: Prediction) => prediction.layout ?? {};

describe('degrees that a training case leaves unsaid', () => {
  const train = (training: object, count = 256) =>
    predict({
      model: { name: 'Llama 3.1 70B' },
      hardware: { accelerator: 'H100-SXM-80GB', count, per_node: 8 },
      training: { precision: 'BF16', seq_len: 8192, global_batch_seqs: 512, ...training },
    });

  it.each([
    [
      { pp: 4, dp: 8 },
      { tp: 8, pp: 4, dp: 8 },
    ],
    [
      { tp: 8, dp: 8 },
      { tp: 8, pp: 4, dp: 8 },
    ],
    [{ dp: 8 }, { tp: 8, pp: 4, dp: 8 }],
    [
      { dp: 32, cp: 2 },
      { tp: 4, pp: 1, dp: 32, cp: 2 },
    ],
  ])('follow from those it states: %o', (stated, whole) => {
    const part = train(stated);
    expect(layoutOf(part)).toMatchObject(whole);
    expect(part.predicted).toEqual(train(whole).predicted);
    expect(part.assumptions.join(' ')).toContain('what the stated degrees leave of 256');
  });

  it('are opened where the model does not fit without them', () => {
    const { layout, assumptions } = train({ pp: 2 });
    expect(Number(layout?.['tp'])).toBeGreaterThan(1);
    expect(layout).toMatchObject({ pp: 2 });
    expect(assumptions.join(' ')).not.toContain('more memory than there is');
  });

  it('are left alone beside sharding, whose replicas overlap with it', () => {
    const { layout } = train({ dp: 32, zero_stage_or_fsdp: 'HSDP, 8 ranks' });
    expect(layout).toMatchObject({ tp: 1, pp: 1 });
  });
});

describe('accelerators that a case does not count', () => {
  const serve = (serving: object, hardware: object = {}) =>
    predict({
      model: { name: 'Llama 3.1 405B' },
      hardware: { accelerator: 'H200-SXM-141GB', ...hardware },
      serving: { engine: 'vLLM', input_len: 1024, output_len: 256, ...serving },
    });

  it('are those of the layout', () => {
    const stated = { weights_precision: 'FP8', tp: 4, pp: 2, batch_or_concurrency: 32 };
    expect(serve(stated).predicted).toEqual(serve(stated, { count: 8 }).predicted);
  });

  it('are the fewest that hold the weights, as many as memory asks for', () => {
    const wide = serve({ weights_precision: 'FP8' });
    expect(wide.assumptions).toContain(
      '4 accelerators: count not given, the fewest that hold the model',
    );
    const narrow = serve({ weights_precision: 'INT4' });
    expect(narrow.assumptions).toContain(
      '2 accelerators: count not given, the fewest that hold the model',
    );
  });

  it('end a run in about a month, wherever it has tokens', () => {
    const { layout, predicted, assumptions } = predict({
      model: { name: 'Llama 2 7B' },
      hardware: { accelerator: 'A100-SXM-80GB' },
      training: { precision: 'BF16', seq_len: 4096, tokens_total: 2e12 },
    });
    expect(assumptions.join(' ')).toContain('count not given, about a month for the run');
    expect(predicted?.['days']).toBeGreaterThan(15);
    expect(predicted?.['days']).toBeLessThan(45);
    expect(Number(layout?.['dp'])).toBeGreaterThan(64);
  });

  it('stay one for a model that nobody could hold, which is named', () => {
    const [prediction] = estimateCases(
      [
        {
          model: { name: 'huge', params_total: 1e30 },
          hardware: { accelerator: 'H100' },
          serving: { output_len: 100 },
        },
      ],
      catalogue,
    );
    expect(prediction?.error).toMatch(/./);
  });
});

describe('weights whose format a case does not say', () => {
  const weightsOf = (name: string, hardware: object, serving: object = {}) => {
    const { layout, assumptions } = predict({
      model: { name },
      hardware,
      serving: { engine: 'vLLM', input_len: 1024, output_len: 256, ...serving },
    });
    return [layout?.['weights'], assumptions.join(' ')];
  };

  it('have 16 bits where these fit, else the widest that do', () => {
    expect(weightsOf('Llama 3.1 70B', { accelerator: 'H100', count: 4 })[0]).toBe('fp16');
    const [format, said] = weightsOf('Llama 3.1 405B', { accelerator: 'H100', count: 8 });
    expect(format).toBe('fp8');
    expect(said).toContain('FP8 weights: precision not given, wider ones do not fit');
    expect(weightsOf('Llama 3.1 405B', { accelerator: 'H100', count: 4 })[0]).toBe('fp4');
    expect(weightsOf('Llama 3.1 70B', { accelerator: 'A100 80GB', count: 1 })[0]).toBe('fp4');
  });

  it('are looked for in the name, and narrow beside a narrow cache', () => {
    const one = { accelerator: 'H100', count: 1 };
    expect(weightsOf('Llama 3.1 8B Instruct FP8', one)[0]).toBe('fp8');
    expect(weightsOf('Llama 3.1 8B', one)[0]).toBe('fp16');
    expect(weightsOf('Llama 3.1 8B', one, { kv_precision: 'FP8' })[0]).toBe('fp8');
  });
});
