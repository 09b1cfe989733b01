import { describe, expect, test } from 'vitest';
import { countParameters } from '@engine/model/parameters';
import type { SequenceModel } from '@engine/catalogue/types';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const rows = [...catalogue.sequenceModels.values()].map((row) => [row.name, row] as const);

/**
 * Parameters of all networks of a model; the attention of a speech decoder to its encoder is four more matrices per layer, and
 * two convolutions over 3 positions, of 128 channels and of the hidden width, stand before the encoder of audio.
 */
function counted({ encoder, speech }: SequenceModel): number {
  const heard = countParameters(encoder).total;
  if (speech === null) return heard;
  const { decoder } = speech;
  const convolutions = 3 * encoder.hidden * (128 + encoder.hidden);
  const crossing = 4 * decoder.layers * decoder.hidden ** 2;
  return heard + convolutions + countParameters(decoder).total + crossing;
}

describe('the architecture of', () => {
  test.each(rows)('%s has as many parameters as are published', (_name, row) => {
    expect(counted(row) / row.parameters.value).toBeGreaterThan(0.97);
    expect(counted(row) / row.parameters.value).toBeLessThan(1.03);
  });

  test.each(rows)('%s is known with its source', (_name, row) => {
    expect(catalogue.sources.get(row.source)?.url).toMatch(/^https:/);
    expect(row.speech === null).toBe(row.task === 'embedding');
  });
});
