import { describe, expect, test } from 'vitest';
import { readTrainingConstants } from '@engine/training/constants';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases, settleCase } from '../../src/cli/estimate/estimate';
import { readRecompute, readZeroStage } from '../../src/cli/estimate/training-fields';
import { runCommand, sample } from './support';

const constants = readTrainingConstants(bundledCatalogue.assumptions);
const settle = (raw: unknown) => settleCase(raw, bundledCatalogue, constants);

describe('search', { timeout: 60_000 }, () => {
  test.each(['gpt-3-175b-4096-a100', 'llama-3-405b-16384-h100'])('%s', async (name) => {
    const { status, printed } = await runCommand([
      'search',
      sample(`search/${name}.json`),
      '--top',
      '3',
    ]);
    expect(status).toBe(0);
    const found = JSON.parse(printed) as {
      evaluated: number;
      pruned: number;
      feasible: number;
      seconds: number;
      best: { layout: object; predicted: Record<string, number>; memory: Record<string, number> }[];
    };
    expect(found.evaluated + found.pruned).toBeGreaterThan(180_000);
    expect(found.best).toHaveLength(3);
    expect(found.best[0]?.predicted['iteration_s']).toBeGreaterThan(0);
    expect(found.best[0]?.memory['total_gb']).toBeLessThan(80);
  });

  test('a request without training says so and ends with 1', async () => {
    const { status, told } = await runCommand(['search', '-'], '{"model":{"name":"Llama 3.1 8B"}}');
    expect(status).toBe(1);
    expect(told).toMatch(/no training part/);
  });
});

interface Answer {
  readonly best: readonly {
    readonly accelerators?: number;
    readonly layout: Readonly<Record<string, unknown>>;
    readonly predicted: Readonly<Record<string, number>>;
    readonly memory: Readonly<Record<string, number>>;
    readonly alike?: number;
  }[];
  readonly evaluated: number;
  readonly pruned: number;
}

describe('the search part of a request', { timeout: 60_000 }, () => {
  const request = {
    model: { name: 'Llama 3.1 8B' },
    hardware: { accelerator: 'H100-SXM-80GB', count: 64, per_node: 8 },
    training: { seq_len: 4096, global_batch_seqs: 256, tokens_total: 1e12 },
  };
  async function answer(search?: object, training: object = {}): Promise<Answer> {
    const asked = { ...request, training: { ...request.training, ...training }, search };
    const { status, printed } = await runCommand(['search', '-'], JSON.stringify(asked));
    expect(status).toBe(0);
    return JSON.parse(printed) as Answer;
  }
  const secondsOf = ({ best }: Answer) => best[0]?.predicted['iteration_s'] ?? Number.NaN;
  const spaceOf = ({ evaluated, pruned }: Answer) => evaluated + pruned;

  test('keeps the search as it is where it says nothing', async () => {
    const [without, empty] = [await answer(), await answer({})];
    expect(empty.best).toEqual(without.best);
    expect(Object.keys(without.best[0] ?? {})).toEqual([
      'layout',
      'predicted',
      'memory',
      'breakdown',
    ]);
  });

  test('a choice of schedules and exchanges is kept to', async () => {
    const zeroBubble = await answer({ schedules: ['zero-bubble'] }, { pp: 4 });
    expect(zeroBubble.best.length).toBeGreaterThan(0);
    for (const { layout } of zeroBubble.best) expect(layout['schedule']).toBe('zero-bubble');
    const ulysses = await answer({ exchanges: ['ulysses'] }, { cp: 2 });
    expect(ulysses.best.length).toBeGreaterThan(0);
    for (const { layout } of ulysses.best) expect(layout['cp_type']).toBe('ulysses');
  });

  test.each(['recomputed_layers', 'hybrid_sharding', 'offload'])(
    '%s widens the space and makes nothing slower',
    async (name) => {
      const [usual, wider] = [await answer(), await answer({ [name]: true })];
      expect(spaceOf(wider)).toBeGreaterThan(spaceOf(usual));
      expect(secondsOf(wider)).toBeLessThanOrEqual(secondsOf(usual));
    },
  );

  test('memory that is to stay free stays free', async () => {
    const { best } = await answer({ memory_headroom: 0.5 });
    expect(best.length).toBeGreaterThan(0);
    for (const { memory } of best) expect(memory['total_gb']).toBeLessThanOrEqual(40);
  });

  test('the fewest accelerators that keep a date are found among the counts', async () => {
    const counts = [16, 32, 64];
    const fastest = await answer({ counts });
    expect(fastest.best[0]?.accelerators).toBe(64);
    const days = (secondsOf(await answer({ counts: [32] })) * 1e12) / (256 * 4096) / 86_400;
    const within = { counts, objective: 'fewest', most_days: 1.01 * days };
    expect((await answer(within)).best[0]?.accelerators).toBe(32);
    const late = await answer({ ...within, effective_time: 0.9 });
    expect(late.best[0]?.accelerators).toBe(64);
  });

  test('a budget leaves out what costs more', async () => {
    const price = { counts: [16, 64], usd_per_accelerator_hour: 2 };
    const [cheapest] = (await answer({ ...price, objective: 'cheapest' })).best;
    expect(cheapest?.accelerators).toBe(16);
    expect((await answer({ ...price, most_usd: 1 })).best).toEqual([]);
    const energy = await answer({ counts: [16, 64], objective: 'least_energy' });
    expect(energy.best[0]?.accelerators).toBe(16);
  });

  test('distinct layouts differ in more than tuning and say how many are alike', async () => {
    const { best } = await answer({ distinct: true });
    const choices = best.map(({ layout }) =>
      ['tp', 'pp', 'ep', 'schedule', 'recompute', 'zero_stage'].map((key) => layout[key]).join(),
    );
    expect(new Set(choices).size).toBe(best.length);
    for (const { alike } of best) expect(alike).toBeGreaterThanOrEqual(0);
  });

  test.each([
    [{ objective: 'prettiest' }, 'search.objective: '],
    [{ counts: [0] }, 'search.counts.0: '],
    [{ memory_headroom: 1 }, 'search.memory_headroom: '],
    [{ schedules: [] }, 'search.schedules: '],
    [{ oflload: true }, 'search: Unrecognized key: "oflload".'],
    [{ most_usd: 5 }, 'search.most_usd needs search.usd_per_accelerator_hour.'],
    ['fastest', 'search: '],
  ])('%j is a named problem', async (search, problem) => {
    const { status, told } = await runCommand(
      ['search', '-'],
      JSON.stringify({ ...request, search }),
    );
    expect(status).toBe(1);
    expect(told).toContain(problem);
  });

  test('a date needs tokens', async () => {
    const asked = { ...request, training: {}, search: { most_days: 3 } };
    const { status, told } = await runCommand(['search', '-'], JSON.stringify(asked));
    expect(status).toBe(1);
    expect(told).toContain('search.most_days needs training.tokens_total.');
  });
});

describe('a request with a field that cannot be', () => {
  test.each([
    ['training', 'tp', -1],
    ['training', 'pp', 0],
    ['training', 'micro_batch', 1.5],
    ['training', 'global_batch_seqs', 1e30],
    ['training', 'cp', 'eight'],
    ['hardware', 'count', 1e15],
  ])('%s.%s = %s is named', async (part, field, value) => {
    const request: Record<string, Record<string, unknown>> = {
      model: { name: 'Llama 3.1 8B' },
      hardware: { accelerator: 'H100-SXM-80GB', count: 64, per_node: 8 },
      training: { seq_len: 4096, global_batch_seqs: 64 },
    };
    request[part] = { ...request[part], [field]: value };
    const { status, told } = await runCommand(['search', '-'], JSON.stringify(request));
    expect(status).toBe(1);
    expect(told).toContain(`${part}.${field} is ${JSON.stringify(value)}: a `);
    expect(told).toContain('is expected.');
  });
});

describe('cases that leave things open', () => {
  const hardware = { accelerator: 'H100-SXM-80GB', count: 64, per_node: 8 };

  test('a name with a size alone gets a usual architecture of that size', () => {
    for (const [name, params] of [
      ['Unheard 34B', 34e9],
      ['Unheard 120B-A12B', 120e9],
      ['Nemotron 3 Nano', 31.6e9],
    ] as const) {
      const settled = settle({ model: { name }, hardware, training: {} });
      const total = settled?.job.parameters.total ?? 0;
      expect(Math.abs(total / params - 1)).toBeLessThan(0.05);
    }
  });

  test('full sharding without degrees is data parallelism alone', () => {
    const training = { seq_len: 4096, global_batch_seqs: 256, zero_stage_or_fsdp: 'FSDP' };
    const settled = settle({ model: { name: 'Llama 3.1 8B' }, hardware, training });
    expect(settled?.job.dataParallel).toBe(64);
    expect(settled?.job.layout).toMatchObject({ zeroStage: 3, tensorParallel: 1 });
  });

  test('LoRA, expert-tensor ranks and the attention kernel are read', () => {
    const lora = settle({
      model: { name: 'Llama 2 70B' },
      hardware,
      training: { task: 'llama2_70b_lora', tp: 4, global_batch_seqs: 16 },
    });
    expect(lora?.job.trainsAdaptersOnly).toBe(true);
    const split = settle({
      model: { name: 'Mixtral 8x7B' },
      hardware,
      training: { tp: 4, ep: 8, etp: 4, global_batch_seqs: 64 },
    });
    expect(split?.job.expertTensorParallel).toBe(4);
    const flash = settle({
      model: { name: 'Llama 2 13B' },
      hardware: { ...hardware, accelerator: 'A100-SXM-80GB' },
      training: { tp: 2, global_batch_seqs: 64, attention_kernel: 'flash_attention v1.0.8' },
    });
    expect(flash?.job.software?.attention).toBe('flash 1');
  });

  test.each([
    ['none set in the recipe; cpu offload 40', 'none'],
    ['selective modules=["mla_up_proj"]', 'selective'],
    ['full activation checkpointing', 'full'],
    ['MaxText remat_policy=custom', 'selective'],
    ['every_layer', 'full'],
    ['disabled', 'none'],
    ['', null],
  ])('recomputation %s', (text, expected) => {
    expect(readRecompute(text)).toBe(expected);
  });

  test('sharding words', () => {
    expect(readZeroStage({ zero_stage_or_fsdp: 'FSDP SHARD_GRAD_OP (ZeRO-2)' })).toBe(2);
    expect(readZeroStage({ zero_stage_or_fsdp: 'DDP/distributed optimizer (FSDP=0)' })).toBe(1);
    expect(readZeroStage({ zero_stage_or_fsdp: 'not stated' })).toBe(null);
  });
});

describe('absurd cases', { timeout: 60_000 }, () => {
  const model = { name: 'Llama 3.1 8B' };
  test.each([
    ['many accelerators', { hardware: { accelerator: 'H100-SXM-80GB', count: 1e15 } }],
    ['a vast batch', { training: { global_batch_seqs: 1e30 } }],
    ['vast degrees', { training: { tp: 1e9, pp: 1e9, dp: 1e9, micro_batch: 1e9 } }],
    ['more stages than layers', { training: { pp: 64, tp: 1, dp: 1 } }],
    ['very many layers', { model: { name: 'x', layers: 1e9, hidden: 1e9 } }],
    ['nothing but a number', { model: { name: 'Unheard 1e30B' } }],
    ['a vast sequence', { training: { seq_len: 1e15, tokens_total: 1e30 } }],
    [
      'negative numbers',
      { training: { tp: -1, pp: 0, seq_len: -5, global_batch_seqs: Number.NaN } },
    ],
    ['a text for a number', { training: { tp: 'eight', recompute: 7 } }],
    ['nothing', { training: {} }],
  ])(
    '%s end in an answer or an error, never in nonsense',
    (_name, changes) => {
      const hardware = { accelerator: 'H100-SXM-80GB', count: 64, per_node: 8 };
      const raw = { id: 'x', model, hardware, training: {}, ...changes };
      const [prediction] = estimateCases([raw], bundledCatalogue);
      const { predicted, error } = prediction ?? {};
      expect(error === undefined).toBe(predicted !== undefined);
      for (const value of Object.values(predicted ?? {})) {
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThan(0);
      }
    },
    30_000,
  );
});
