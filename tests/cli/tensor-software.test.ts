import { describe, expect, it } from 'vitest';
import { readTrainingConstants } from '@engine/training/constants';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import type { CaseTraining } from '../../src/cli/estimate/case';
import { settleCase } from '../../src/cli/estimate/estimate';

const constants = readTrainingConstants(bundledCatalogue.assumptions);

function softwareWith(training: CaseTraining) {
  const model = { name: 'Llama-3.1-70B' };
  const hardware = { accelerator: 'H100 SXM 80GB', count: 64, per_node: 8 };
  const given = { tp: 8, pp: 1, dp: 8, seq_len: 4096, global_batch_seqs: 256, micro_batch: 1 };
  const raw = { model, hardware, training: { ...given, ...training } };
  const settled = settleCase(raw, bundledCatalogue, constants);
  if (!settled) throw new Error('no training');
  return settled.job.software;
}

describe('what a case says of its tensor ranks', () => {
  it.each([
    [{ framework: 'torchtitan', precision: 'BF16' }, true, false],
    [{ framework: 'torchtitan', precision: 'FP8 (tensorwise)' }, true, true],
    [{ framework: 'torchtitan', precision: 'FP8', fp8_recipe: 'rowwise' }, true, false],
    [{ framework: 'torchtitan', precision: 'MXFP8' }, true, false],
    [{ zero_stage_or_fsdp: 'FSDP2 + TP', precision: 'BF16' }, true, false],
    [{ framework: 'Megatron-Core', precision: 'FP8' }, false, false],
    [{ precision: 'BF16' }, false, false],
  ])('is whether DTensor copies what they exchange: %o', (training, copies, isNarrow) => {
    const software = softwareWith(training);
    expect(software?.copiesSequences ?? false).toBe(copies);
    expect(software?.gathersNarrow ?? false).toBe(isNarrow);
  });
});
