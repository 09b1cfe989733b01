import { describe, expect, it } from 'vitest';
import { encoderFlop } from '@engine/tasks/sequence-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity } from '../../fixtures/engine-fixture';
import { taskPlan, taskReportOf } from '../../fixtures/task-fixture';

/**
 * Parameters in the matrices of the layers, worked out by hand from the published shapes: 12 · L · h² for a plain encoder; with
 * grouped keys and gated blocks, L · (2 · h · q + 2 · h · k + 3 · h · f).
 */
const encoders = [
  { id: 'bge-base-en-v1.5', layers: 12, hidden: 768, millions: 84.9 },
  { id: 'bge-large-en-v1.5', layers: 24, hidden: 1024, millions: 302 },
  { id: 'bge-m3', layers: 24, hidden: 1024, millions: 302 },
  { id: 'e5-large-v2', layers: 24, hidden: 1024, millions: 302 },
  { id: 'multilingual-e5-large', layers: 24, hidden: 1024, millions: 302 },
  { id: 'e5-mistral-7b-instruct', layers: 32, hidden: 4096, millions: 6_979 },
  { id: 'qwen3-embedding-8b', layers: 36, hidden: 4096, millions: 6_946 },
] as const;

const listeners = [
  { id: 'whisper-base', encoder: 18.9, decoder: 25.2 },
  { id: 'whisper-small', encoder: 84.9, decoder: 113.2 },
  { id: 'whisper-medium', encoder: 302, decoder: 402.7 },
  { id: 'whisper-large-v3', encoder: 629, decoder: 838.9 },
  { id: 'whisper-large-v3-turbo', encoder: 629, decoder: 104.9 },
] as const;

function rowOf(id: string) {
  const row = catalogue.sequenceModels.get(id);
  if (row === undefined) throw new Error(`The catalogue has no ${id}.`);
  return row;
}

describe('the work of a text', () => {
  it.each(encoders)('with $id is two operations per parameter and token, and attention', (row) => {
    const { encoder, isCausal } = rowOf(row.id);
    const tokens = 256;
    const attended = isCausal ? tokens / 2 : tokens;
    const attention = 4 * row.layers * attended * encoder.heads * encoder.headDim;
    const expected = tokens * (2 * row.millions * 1e6 + attention);
    expect(encoderFlop(encoder, tokens, isCausal) / expected).toBeCloseTo(1, 2);
    expect(encoder).toMatchObject({ layers: row.layers, hidden: row.hidden });
  });

  it.each(encoders)('with $id is what the report says', ({ id }) => {
    const { encoder, isCausal } = rowOf(id);
    const changes = { textTokens: quantity(300) };
    const { tflopPerRequest } = taskReportOf(taskPlan('embedding', { modelId: id, changes }));
    expect(tflopPerRequest.value).toBeCloseTo(encoderFlop(encoder, 300, isCausal) / 1e12, 9);
  });
});

describe('the work of a recording', () => {
  it.each(listeners)('heard by $id is its encoder on 1,500 positions for every window', (row) => {
    const { encoder } = rowOf(row.id);
    const attention = 4 * encoder.layers * 1500 * encoder.hidden;
    const expected = 1500 * (2 * row.encoder * 1e6 + attention);
    expect(encoderFlop(encoder, 1500, false) / expected).toBeCloseTo(1, 2);
  });

  it.each(listeners)('written by $id grows with the words, once it is heard', (row) => {
    const workOf = (seconds: number): number =>
      taskReportOf(
        taskPlan('speech', { modelId: row.id, changes: { audioSeconds: quantity(seconds) } }),
      ).tflopPerRequest.value ?? Number.NaN;
    const [short, long, two] = [workOf(10), workOf(30), workOf(60)];
    expect(long).toBeGreaterThan(short);
    // 66 more tokens, each through all of the decoder but the keys and values of the audio.
    const decoder = rowOf(row.id).speech?.decoder;
    if (!decoder) throw new Error('It writes.');
    const keys = 2 * decoder.layers * decoder.hidden ** 2;
    const head = decoder.vocabulary * decoder.hidden;
    const least = (66 * 2 * (row.decoder * 1e6 - keys + head)) / 1e12;
    expect(long - short).toBeGreaterThan(least);
    expect(long - short).toBeLessThan(1.6 * least);
    expect(two / long).toBeCloseTo(2, 6);
  });
});
