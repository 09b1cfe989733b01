import { describe, expect, it } from 'vitest';

import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

const trainingCase = {
  id: 'a',
  model: { name: 'Llama 3.1 70B' },
  hardware: { accelerator: 'H100-SXM-80GB', count: 64, per_node: 8 },
  training: {
    precision: 'BF16',
    seq_len: 8192,
    global_batch_seqs: 64,
    micro_batch: 1,
    tp: 8,
    pp: 1,
  },
};
const servingCase = {
  id: 'b',
  model: { name: 'Llama 3.1 70B' },
  hardware: { accelerator: 'H100-SXM-80GB', count: 8, per_node: 8 },
  serving: { engine: 'vLLM', batch_or_concurrency: 8, input_len: 1000, output_len: 128, tp: 8 },
};
type Part = 'model' | 'hardware' | 'training' | 'serving';

function answerTo(raw: object) {
  const [answer] = estimateCases([raw], bundledCatalogue);
  return { error: '', ...answer, said: answer?.assumptions.join('; ') ?? '' };
}

function withField(whole: object, part: Part, field: string, value: unknown): object {
  const fields: Partial<Record<Part, object>> = whole;
  return { ...whole, [part]: { ...fields[part], [field]: value } };
}

describe('numbers that no run has', () => {
  it.each([
    ['model', 'layers', -3],
    ['model', 'hidden', 1e30],
    ['model', 'params_total', Number.NaN],
    ['hardware', 'count', 0],
    ['hardware', 'per_node', -8],
    ['training', 'seq_len', 0],
    ['training', 'seq_len', '-5'],
    ['training', 'global_batch_seqs', -64],
    ['training', 'tp', 2.5],
    ['training', 'pp', 0],
    ['training', 'vpp', -1],
    ['training', 'tokens_total', Infinity],
  ] as const)('%s.%s = %s is refused by name', (part, field, value) => {
    const { error, predicted } = answerTo(withField(trainingCase, part, field, value));
    expect(error).toContain(`${part}.${field} is `);
    expect(predicted).toBeUndefined();
  });

  it.each([
    ['serving', 'input_len', -1],
    ['serving', 'output_len', 0],
    ['serving', 'batch_or_concurrency', 0],
    ['serving', 'batch_or_concurrency', 1e30],
    ['serving', 'tp', -8],
    ['hardware', 'count', 1e15],
  ] as const)('%s.%s = %s is refused by name of a service', (part, field, value) => {
    expect(answerTo(withField(servingCase, part, field, value)).error).toContain(
      `${part}.${field} is `,
    );
  });

  it('all of a case are told at once, those beside its parts too', () => {
    const { error } = answerTo({
      ...withField(withField(servingCase, 'serving', 'tp', -8), 'hardware', 'count', -1),
      mean_kv_len: -4,
      decode_layout: { gpus: -2 },
    });
    for (const field of ['serving.tp', 'hardware.count', 'mean_kv_len', 'decode_layout.gpus'])
      expect(error).toContain(`${field} is `);
  });

  it('0 of what a run may do without is no mistake', () => {
    const plain = answerTo(trainingCase);
    for (const field of ['vpp', 'cp', 'ep'])
      expect(answerTo(withField(trainingCase, 'training', field, 0))).toEqual(plain);
    const limited = withField(servingCase, 'serving', 'chunked_prefill_size', -1);
    expect(answerTo(limited).error).toBe('');
  });

  it('a word is left out and said', () => {
    const { error, predicted, said } = answerTo(withField(trainingCase, 'training', 'tp', 'eight'));
    expect(error).toBe('');
    expect(predicted).toBeDefined();
    expect(said).toContain('training.tp taken as not given: "eight" is no number');
  });
});

describe('degrees that cannot be', () => {
  it.each([
    ['more ranks than accelerators', { tp: 16, pp: 8 }, 'is 128 ranks, and hardware.count is 64'],
    ['more stages than layers', { tp: null, pp: 128 }, ''],
    ['more expert ranks than experts', {}, 'training.ep is 64, and the model has 8 experts'],
  ])('%s are refused', (name, degrees, expected) => {
    const isMixture = name.includes('experts');
    const { error } = answerTo({
      ...trainingCase,
      model: { name: isMixture ? 'Mixtral 8x7B' : 'Llama 3.1 8B' },
      hardware: { ...trainingCase.hardware, count: name.includes('stages') ? 256 : 64 },
      training: { ...trainingCase.training, ...(isMixture ? { tp: 1, ep: 64 } : degrees) },
    });
    expect(error).toContain(expected || 'training.pp is 128, and the model has 32 layers');
  });
});

describe('what a framework would refuse is answered and said', () => {
  const train = (changes: object) =>
    answerTo({ ...trainingCase, training: { ...trainingCase.training, ...changes } }).said;

  it('of a training run', () => {
    expect(train({ tp: 3 })).toContain('TP 3 does not divide 64 attention heads');
    expect(train({ global_batch_seqs: 12, dp: 8 })).toContain(
      'DP 8 × micro-batch 1 does not divide',
    );
    expect(train({ ep: 8 })).toContain('EP 8 left out: the model has no experts');
    expect(train({ dp: 4 })).toContain('is 32 ranks, hardware.count 64');
    expect(train({ seq_len: 262_144 })).toContain('the model reads 131,072');
    expect(train({ tp: 1 })).toMatch(/needs [\d.,]+ GB of the 80 GB of an accelerator/);
  });

  it('of a service', () => {
    const { said } = answerTo({
      ...servingCase,
      serving: { ...servingCase.serving, input_len: 4_000_000 },
    });
    expect(said).toContain('4,000,128 tokens, and the model reads 131,072');
    expect(said).toMatch(/cache of one request needs [\d.,]+ GB, and the weights leave/);
  });

  it('and nothing of either is said of a usual one', () => {
    for (const { said } of [answerTo(trainingCase), answerTo(servingCase)])
      expect(said).not.toMatch(/counted|left out|does not divide|by our count|the layout counts/);
  });
});
