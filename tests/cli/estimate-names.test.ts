import { describe, expect, it } from 'vitest';
import { estimateCases } from '../../src/cli/estimate/estimate';
import type { Prediction } from '../../src/cli/estimate/case';
import { findInstance } from '@engine/catalogue/find';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const serving = { engine: 'vLLM', batch_or_concurrency: 8, input_len: 512, output_len: 128 };

function answer(
  hardware: Readonly<Record<string, unknown>>,
  model: Readonly<Record<string, unknown>> = { name: 'Llama-3.1-8B' },
  more: Readonly<Record<string, unknown>> = {},
): Prediction {
  const [only] = estimateCases(
    [{ id: 'one', model, hardware, serving: { ...serving, ...more } }],
    catalogue,
  );
  if (only === undefined) throw new Error('The case got no prediction.');
  return only;
}

describe('hardware whose name says how many', () => {
  it.each<[string, string, number]>([
    ['p5.48xlarge', 'H100-SXM-80GB', 8],
    ['AWS p5.48xlarge', 'H100-SXM-80GB', 8],
    ['a3-highgpu-8g', 'H100-SXM-80GB', 8],
    ['ND96isr H100 v5', 'H100-SXM-80GB', 8],
    ['Standard_ND96isr_H100_v5', 'H100-SXM-80GB', 8],
    ['inf2.48xlarge', 'Inferentia2', 12],
    ['trn1.32xlarge', 'Trainium1', 16],
    ['g5.12xlarge', 'A10G', 4],
    ['8xH100', 'H100', 8],
    ['8x H100', 'H100', 8],
    ['16 × H100', 'H100', 16],
    ['H100x8', 'H100', 8],
    ['H100 x 8', 'H100', 8],
    ['h100:8', 'H100', 8],
  ])('%s is %s, %i of them', (written, accelerator, count) => {
    const told = answer({ accelerator: written });
    const plain = answer({ accelerator, count, per_node: Math.min(count, 8) });
    const instance = findInstance(catalogue, written);
    const alike = instance === null ? plain : answer({ accelerator, count, per_node: count });
    expect(told.error).toBeUndefined();
    expect(told.predicted).toEqual(alike.predicted);
    expect(told.layout).toEqual(alike.layout);
  });

  it.each([
    [16, 2],
    [8, 1],
    [3, 3],
  ])('p5.48xlarge counted %i are %i machines, and the answer says so', (count, machines) => {
    const { assumptions, error } = answer({ accelerator: 'p5.48xlarge', count });
    expect(error).toBeUndefined();
    const accelerators = String(machines * 8);
    expect(assumptions).toContain(
      `${String(machines)} × p5.48xlarge of AWS: ${accelerators} × H100 SXM5 80GB`,
    );
  });

  it.each(['RTX 3090', 'RTX 4090', 'MI300X', 'Radeon RX 7900 XTX', 'GeForce RTX 4070 Ti'])(
    '%s says no count',
    (accelerator) => {
      expect(answer({ accelerator }).assumptions.join(', ')).toMatch(
        /accelerators?: count not given/,
      );
    },
  );

  it('still counts sockets ahead of a processor', () => {
    const { assumptions } = answer({ accelerator: '2x EPYC 9654', count: 1 });
    expect(assumptions.some((one) => one.startsWith('2 × EPYC 9654'))).toBe(true);
  });
});

describe('a name that means nothing', () => {
  it.each([
    ['g5.48xlargee', /Write instead: .*g5\.48xlarge|Write instead: the name of an accelerator/],
    ['H1000', /no accelerator named 'H1000'\. Write instead: .*H100/],
    ['TPU v9', /Write instead: TPU v/],
  ])('%s: the error says what to write instead', (accelerator, words) => {
    expect(answer({ accelerator }).error).toMatch(words);
  });

  it.each([
    ['gpt-oss', /Write one of these instead: gpt-oss-120b, gpt-oss-20b/],
    ['BERT', /BERT-Large, BERT 110M/],
    ['Gemma 3', /Gemma 3 12B, Gemma 3 27B/],
    ['Unheard', /a parameter count, or layers and hidden, are the least\)\.$/],
  ])('%s: no size is guessed, and its family is named', (name, words) => {
    expect(answer({ accelerator: 'H100', count: 8 }, { name }).error).toMatch(words);
  });

  it.each(['BERT-Large', 'Devstral', 'Codestral', 'Magistral', 'LongCat-Flash-Chat'])(
    '%s is answered',
    (name) => {
      const { error, predicted } = answer({ accelerator: 'H200', count: 16 }, { name });
      expect(error).toBeUndefined();
      for (const value of Object.values(predicted ?? {})) expect(value).toBeGreaterThan(0);
    },
  );
});

describe('the machines of clouds', () => {
  it('hold accelerators of the catalogue, in whole numbers, under names of their own', () => {
    const names = new Set<string>();
    for (const { id, aliases, acceleratorId, accelerators } of catalogue.instances.values()) {
      expect(catalogue.accelerators.has(acceleratorId), id).toBe(true);
      expect(catalogue.sources.has(accelerators.source), id).toBe(true);
      expect(Number.isInteger(accelerators.value) && accelerators.value >= 1, id).toBe(true);
      for (const name of [id, ...aliases]) {
        expect(names.has(name), name).toBe(false);
        names.add(name);
        expect(findInstance(catalogue, name)?.id).toBe(id);
      }
    }
    expect(names.size).toBeGreaterThan(50);
  });

  it('agree with the quotes of their prices about the accelerator', () => {
    const quoted = catalogue.rentalQuotes.flatMap((quote) => {
      const instance = quote.instance === null ? null : findInstance(catalogue, quote.instance);
      return instance === null ? [] : [{ quote, instance }];
    });
    expect(quoted.length).toBeGreaterThan(10);
    for (const { quote, instance } of quoted) {
      expect(instance.acceleratorId, instance.id).toBe(quote.acceleratorId);
    }
  });
});

describe('prompts and answers on replicas of their own', () => {
  it('wait for the cache to cross the network, unless a phase is measured by itself', () => {
    const first = (interconnect: string, phase: string | null): number => {
      const [only] = estimateCases(
        [
          {
            id: 'split',
            phase,
            model: { name: 'Llama-3.1-70B' },
            hardware: { accelerator: 'H100', count: 16, per_node: 8, interconnect },
            // Few enough users for their prompts not to wait: what crosses meanwhile would not be seen.
            serving: {
              ...serving,
              batch_or_concurrency: 1,
              input_len: 8192,
              tp: 8,
              mode: 'disaggregated',
            },
          },
        ],
        catalogue,
      );
      return only?.predicted?.['ttft_ms'] ?? Number.NaN;
    };
    const [fast, slow] = [first('8x400G IB', null), first('8x25G Ethernet', null)];
    // 80 layers, 8 heads of 128 for keys and values in 16 bits over eight ports.
    const bytes = 8192 * 80 * 2 * 8 * 128 * 2;
    const least = (bytes / ((8 * 25e9) / 8) - bytes / ((8 * 400e9) / 8)) * 1e3;
    expect(slow - fast).toBeGreaterThan(least);
    expect(slow - fast).toBeLessThan(2 * least);
    expect(first('8x400G IB', 'decode')).toBeCloseTo(first('8x25G Ethernet', 'decode'), 6);
  });
});
