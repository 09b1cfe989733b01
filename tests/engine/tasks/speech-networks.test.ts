import { describe, expect, it } from 'vitest';
import type { SpeechDecoder } from '@engine/catalogue/types';
import { describeDevice } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import {
  prepareNetwork,
  transcriptFlop,
  transcriptSeconds,
  windowsInMemory,
  withCrossAttention,
} from '@engine/tasks/sequence-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf } from '../../fixtures/engine-fixture';

const { assumptions } = catalogue;
const h100 = describeDevice(acceleratorOf('h100-sxm'), null, assumptions);

function speechOf(id: string): SpeechDecoder {
  const found = catalogue.sequenceModels.get(id)?.speech;
  if (!found) throw new Error(`The catalogue has no speech model ${id}.`);
  return found;
}

const large = speechOf('whisper-large-v3');
const turbo = speechOf('whisper-large-v3-turbo');
const decoding = prepareNetwork(h100, withCrossAttention(large.decoder), 'fp16', assumptions);

describe('a decoder that attends to an encoder', () => {
  it('has two more matrices of its width squared in every layer', () => {
    const { layers, hidden } = large.decoder;
    const [plain, crossed] = [large.decoder, withCrossAttention(large.decoder)].map(
      (architecture) => countParameters(architecture).multipliedPerToken,
    );
    expect((crossed ?? 0) - (plain ?? 0)).toBe(2 * layers * hidden ** 2);
  });

  it('keeps everything else', () => {
    const { ffn, ...others } = withCrossAttention(large.decoder);
    expect(ffn).toBe(5 * large.decoder.hidden);
    expect(large.decoder).toMatchObject(others);
  });
});

describe('writing a transcript', () => {
  it('takes as many steps as tokens', () => {
    const few = transcriptSeconds(decoding, 1, 1500, 10).writing;
    const many = transcriptSeconds(decoding, 1, 1500, 100).writing;
    expect(many / few).toBeGreaterThan(9.9);
    expect(many / few).toBeLessThan(11);
  });

  it('of several windows together takes less than one after another', () => {
    const one = transcriptSeconds(decoding, 1, 1500, 99);
    const eight = transcriptSeconds(decoding, 8, 1500, 99);
    expect(eight.writing).toBeGreaterThan(one.writing);
    expect(eight.writing).toBeLessThan(4 * one.writing);
    expect(eight.crossKeys).toBeGreaterThan(one.crossKeys);
  });

  it('takes the keys and values of the encoder once per layer', () => {
    const shallow = prepareNetwork(h100, withCrossAttention(turbo.decoder), 'fp16', assumptions);
    const ratio =
      transcriptSeconds(decoding, 4, 1500, 1).crossKeys /
      transcriptSeconds(shallow, 4, 1500, 1).crossKeys;
    expect(ratio).toBeCloseTo(large.decoder.layers / turbo.decoder.layers, 9);
  });

  it('has the work of its matrices, of attention and of the keys of the encoder', () => {
    const { decoder } = large;
    const keys = 4 * decoder.layers * decoder.hidden ** 2 * 1500;
    expect(transcriptFlop(decoder, 1500, 0)).toBe(keys);
    const perToken = transcriptFlop(decoder, 1500, 1) - keys;
    const matrices = 2 * countParameters(withCrossAttention(decoder)).multipliedPerToken;
    expect(perToken).toBeGreaterThan(matrices);
    expect(perToken).toBeLessThan(1.5 * matrices);
  });
});

describe('windows in memory', () => {
  const encoder = catalogue.sequenceModels.get('whisper-large-v3')?.encoder;
  if (!encoder) throw new Error('It is there.');
  const encoding = prepareNetwork(h100, encoder, 'fp16', assumptions);

  it('take two vectors per layer and position, in 16 bits', () => {
    const { layers, hidden } = large.decoder;
    const perWindow = 2 * layers * hidden * 2 * 1600;
    const windows = windowsInMemory(decoding, encoding, large, 100);
    expect(windows * perWindow).toBeLessThan(80e9);
    expect((windows + 1) * perWindow).toBeGreaterThan(50e9);
  });

  it('are fewer where more is written, and none where nothing is left', () => {
    const usual = windowsInMemory(decoding, encoding, large, 100);
    expect(windowsInMemory(decoding, encoding, large, 1500)).toBeLessThan(usual);
    const small = { ...h100, memoryBytes: 3e9 };
    const tight = prepareNetwork(small, withCrossAttention(large.decoder), 'fp16', assumptions);
    expect(windowsInMemory(tight, encoding, large, 100)).toBe(0);
  });
});

describe('a network on a CPU', () => {
  it('is run by other software than on a GPU', () => {
    const xeon = describeDevice(acceleratorOf('xeon-6980p'), null, assumptions);
    const onCpu = prepareNetwork(xeon, turbo.decoder, 'bf16', assumptions);
    expect(onCpu.constants).not.toEqual(
      prepareNetwork(h100, turbo.decoder, 'bf16', assumptions).constants,
    );
    expect(onCpu.tensorParallel).toBe(1);
  });
});
