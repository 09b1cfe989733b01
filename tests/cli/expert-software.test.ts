import { isHostDriven } from '@engine/hardware/device';
import { describe, expect, it } from 'vitest';
import { settleCase } from '../../src/cli/estimate/estimate';
import type { CaseTraining } from '../../src/cli/estimate/case';
import { dispatcherOf } from '@engine/training/software';
import { stepTime } from '@engine/training/step-time';
import { readTrainingConstants } from '@engine/training/constants';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(bundledCatalogue.assumptions);

function settledWith(
  training: CaseTraining,
  where: { accelerator?: string; interconnect?: string } = {},
  name = 'Qwen3-30B-A3B',
) {
  const model = { name };
  const hardware = { accelerator: 'H100 SXM 80GB', count: 64, per_node: 8, ...where };
  const precision = 'BF16';
  const given = { tp: 1, pp: 1, dp: 64, seq_len: 4096, global_batch_seqs: 256, micro_batch: 1 };
  const raw = { model, hardware, training: { precision, ...given, ...training } };
  const settled = settleCase(raw, bundledCatalogue, constants);
  if (!settled) throw new Error('no training');
  return settled;
}

function dispatched(training: CaseTraining) {
  const { job, machine } = settledWith(training);
  return dispatcherOf(job, machine.device);
}

describe('what a case says of its experts', () => {
  it.each([
    [{ ep: 8, framework: 'NeMo AutoModel (PyTorch FSDP2/EP, DeepEP)' }, 'deduplicated'],
    [{ ep: 8, attention_kernel: 'TE + DeepEP' }, 'deduplicated'],
    [{ ep: 8, moe_dispatcher: 'HybridEP' }, 'deduplicated'],
    [{ ep: 8, moe_dispatcher: 'flex' }, 'deduplicated'],
    [{ ep: 8, moe_dispatcher: 'UCCL-EP' }, 'deduplicated'],
    [{ ep: 8, moe_dispatcher: 'allgather' }, 'gather'],
    [{ ep: 8, moe_dispatcher: 'alltoall' }, 'copies'],
    [{ ep: 8, moe_token_dispatcher: 'all-to-all' }, 'copies'],
    [{ ep: 8, moe_token_dispatcher: 'DeepEP' }, 'deduplicated'],
    [{ ep: 8, framework: 'Megatron-LM' }, 'copies'],
    // Its recipes set DeepEP or HybridEP.
    [{ ep: 8, framework: 'Megatron-Bridge (July 2026)' }, 'deduplicated'],
    [{ ep: 8, framework: 'Megatron-Bridge', moe_dispatcher: 'alltoall' }, 'copies'],
    [{ ep: 8, framework: 'torchtitan' }, 'copies'],
    [{ ep: 8, framework: 'torchtitan, DeepEP' }, 'deduplicated'],
  ] as const)('is how tokens reach them: %o', (training, expected) => {
    expect(dispatched(training)).toBe(expected);
  });

  it.each([
    [{ task: 'SFT' }, true],
    [{ task: 'fine-tuning (full)' }, true],
    [{ task: 'midtraining' }, true],
    [{ task: 'SFT', moe_routing: 'forced even' }, false],
    [{ task: 'pretrain' }, false],
    [{}, false],
  ])('is that nothing holds the router of a trained model even: %o', (training, expected) => {
    const { job } = settledWith({ ep: 8, ...training });
    expect(job.routesFreely ?? false).toBe(expected);
    expect(job.routesEvenly ?? false).toBe(!expected);
  });

  it.each([
    [{ framework: 'torchtitan' }, true],
    [{ framework: 'Hugging Face transformers' }, true],
    [{ framework: 'Megatron-Core' }, false],
    [{}, false],
  ])('is whether operations of PyTorch sort tokens for them: %o', (training, expected) => {
    expect(settledWith(training).job.software?.permutesPlainly ?? false).toBe(expected);
  });

  it('is that they are spread where kernels that dispatch to them are named, whatever the degree', () => {
    const sharded = { zero_stage_or_fsdp: 'FSDP2 over 64' };
    expect(settledWith(sharded).job.layout.expertParallel).toBe(1);
    const named = settledWith({ ...sharded, attention_kernel: 'TE + DeepEP' });
    expect(named.job.layout.expertParallel).toBeGreaterThan(1);
  });

  it.each([
    [{}, true],
    [{ tokens_total: 1e12 }, false],
    [{ moe_routing: 'forced even' }, true],
    [{ moe_routing: 'real' }, false],
    [{ moe_routing: 'dropless' }, false],
  ])('is whether routing is held even, which benchmarks do: %o', (training, expected) => {
    expect(settledWith({ ep: 8, ...training }).job.routesEvenly ?? false).toBe(expected);
  });

  it.each([
    [
      'wide experts are shared by the tensor ranks, as Megatron does by itself',
      'Mixtral 8x22B',
      {},
      2,
    ],
    [
      'not where the words say that they lie apart',
      'Mixtral 8x22B',
      { framework: 'Megatron, EDP' },
      1,
    ],
    ['nor where it is stated', 'Mixtral 8x22B', { etp: 1 }, 1],
    ['nor without ranks for both', 'Mixtral 8x22B', { pp: 8, dp: 4 }, 1],
    ['narrow ones may be whole', 'Qwen3-30B-A3B', {}, 1],
  ])('is who shares an expert: %s', (_, name, training, expected) => {
    const given = { tp: 2, dp: 32, ep: 8, ...training };
    const { job } = settledWith(given, {}, name);
    expect(job.expertTensorParallel ?? 1).toBe(expected);
  });

  it("is a general all-to-all over Amazon's adapter, unless a kernel is named", () => {
    const on = (training: CaseTraining, interconnect: string) => {
      const { job, machine } = settledWith(training, { accelerator: 'B300 SXM', interconnect });
      return dispatcherOf(job, machine.device);
    };
    expect(on({ ep: 16 }, 'InfiniBand 800 Gb/s per GPU')).toBe('deduplicated');
    expect(on({ ep: 16 }, 'EFA 6.4 Tb/s per node')).toBe('copies');
    expect(on({ ep: 16 }, 'EFAv4 16 x 400 Gb/s per node')).toBe('copies');
    expect(on({ ep: 16, moe_dispatcher: 'DeepEP' }, 'EFA 6.4 Tb/s per node')).toBe('deduplicated');
  });

  it.each([
    [{ accelerator: 'p5.48xlarge' }, true],
    [{ accelerator: 'B300 SXM', interconnect: 'AWS p6-b300.48xlarge' }, true],
    [{ interconnect: 'AWS p4d.24xlarge' }, true],
    [{ interconnect: 'NVLink in the node, EFAv4 16 x 400 Gb/s' }, true],
    [{ accelerator: 'H100 SXM 80GB', interconnect: '8x400G IB' }, false],
  ])(
    "is joined by Amazon's adapter where it or a machine with it is named: %o",
    (where, expected) => {
      expect(isHostDriven(settledWith({ ep: 8 }, where).machine.device)).toBe(expected);
    },
  );

  it.each([
    [{ framework: 'Megatron-Core 0.17', moe_dispatcher: 'alltoall' }, true],
    [{ framework: 'Megatron-Bridge 0.4', moe_dispatcher: 'DeepEP' }, true],
    [{ framework: 'Megatron-Core', moe_dispatcher: 'HybridEP' }, false],
    [{ framework: 'Megatron-Core, CUDA graphs', moe_dispatcher: 'DeepEP' }, false],
    [{ framework: 'Megatron-Core' }, false],
    [{ framework: 'Megatron-Core', moe_token_dispatcher: 'DeepEP' }, true],
    [{ framework: 'Megatron-Core', moe_dispatcher: 'DeepEP', cuda_graph: 'router' }, false],
    [{ framework: 'Megatron-Core', moe_dispatcher: 'DeepEP', cuda_graph: 'none' }, true],
    [{ framework: 'Megatron-Core', moe_dispatcher: 'HybridEP', cuda_graph: 'none' }, true],
    [{ framework: 'torchtitan', moe_dispatcher: 'alltoall' }, false],
  ])('is whether Megatron launches them kernel by kernel: %o', (training, expected) => {
    const { job } = settledWith({ ep: 8, ...training });
    expect(job.software?.launchesEagerly ?? false).toBe(expected);
  });

  it.each([
    [{ cuda_graph: 'full iteration' }, 'MXFP8', 'both'],
    [{ cuda_graph: 'full iteration' }, 'BF16', 'captured'],
    [{ cuda_graph: 'full iteration', capacity_factor: 1 }, 'MXFP8', 'captured'],
    [{ cuda_graph: 'attention, paged stash' }, 'MXFP8', 'fused'],
    [{ framework: 'Megatron-Core, CuTeDSL grouped GEMM' }, 'MXFP8', 'fused'],
    [{ framework: 'NeMo performance recipe, NeMo 26.06' }, 'MXFP8', 'both'],
    [{ framework: 'Megatron-Bridge 0.5.1' }, 'MXFP8', 'both'],
    [{ framework: 'Megatron-Bridge 0.4.2 (NeMo 26.04.01)' }, 'MXFP8', 'neither'],
    [{ framework: 'NeMo 26.08' }, 'BF16', 'neither'],
    [{ framework: 'NeMo 26.08', cuda_graph: 'router' }, 'MXFP8', 'neither'],
  ] as const)(
    'is whether steps are captured whole and their experts fused: %o in %s',
    (training, precision, expected) => {
      const part = { accelerator: 'B200 SXM 180GB' };
      const { software } = settledWith({ ep: 8, ...training, precision }, part).job;
      const captured = software?.capturesSteps ? 'captured' : 'neither';
      const fused = software?.capturesSteps ? 'both' : 'fused';
      expect(software?.fusesExperts ? fused : captured).toBe(expected);
    },
  );

  it.each([
    [{ framework: 'Megatron Bridge (nemo:26.08)' }, true, true],
    [{ framework: 'Megatron Bridge r0.5.0', cuda_graph: 'full iteration' }, true, undefined],
    [{ framework: 'Megatron Bridge r0.5.0', cuda_graph: 'TE scoped graphs' }, false, undefined],
    [{ framework: 'Megatron Bridge (nemo:26.08)', moe_ep_overlap: false }, true, false],
    [{ framework: 'Megatron-Core', fp8_attention: true }, true, undefined],
    [{ framework: 'Megatron Bridge (nemo:26.08)', fp8_attention: 'off' }, false, true],
    [{ framework: 'Megatron Bridge (nemo:26.04)' }, false, undefined],
    [{ framework: 'Megatron-LM (MLPerf Training v6.0)' }, true, undefined],
    [{ framework: 'NeMo 25.09 (MLPerf v5.1)' }, false, undefined],
  ] as const)(
    'is whether recipes that capture steps attend in 8 bits and hide the exchange: %o',
    (training, attendsNarrow, overlapsExperts) => {
      const part = { accelerator: 'GB300' };
      const { software } = settledWith({ ep: 8, ...training, precision: 'MXFP8' }, part).job;
      expect(software?.attendsNarrow ?? false).toBe(attendsNarrow);
      expect(software?.overlapsExperts).toBe(overlapsExperts);
    },
  );

  it('is that hybrid models and parts of before are captured in part', () => {
    const release = { ep: 8, framework: 'NeMo 26.08', precision: 'MXFP8' };
    const part = { accelerator: 'B200 SXM 180GB' };
    const hybrid = settledWith(release, part, 'Nemotron 3 Nano 30B-A3B').job;
    expect(hybrid.architecture.recurrentMixer).toBeTruthy();
    expect(hybrid.software?.capturesSteps).toBeUndefined();
    expect(settledWith(release).job.software?.capturesSteps).toBeUndefined();
  });

  it.each([
    [{ framework: 'MaxText (JAX)', capacity_factor: 1.25 }, true],
    [{ framework: 'GShard', capacity_factor: 2 }, true],
    [{ framework: 'MaxText (JAX)' }, false],
    [{ framework: 'Megatron-Core', capacity_factor: 1 }, false],
    [{ capacity_factor: 1 }, false],
  ])(
    'is whether tokens reach slots of experts by products with masks: %o',
    (training, expected) => {
      const { job } = settledWith({ ep: 8, ...training });
      expect(job.software?.dispatchesByMasks ?? false).toBe(expected);
    },
  );

  it('is whether steps are captured whole, and tokens exchanged behind the other micro-batch', () => {
    const stepOf = (training: CaseTraining, where = {}) => {
      const { job, machine } = settledWith({ ep: 16, precision: 'FP8', ...training }, where);
      return stepTime(job, machine.device, constants);
    };
    const usual = stepOf({});
    const captured = stepOf({ cuda_graph: 'full iteration' });
    expect(captured.total).toBeLessThan(usual.total);
    expect(stepOf({ cuda_graph: 'attention, router' }).total).toBe(usual.total);
    const many = { micro_batch: 4 };
    const hidden = stepOf({ ...many, moe_ep_overlap: true }).expertParallel;
    const shown = stepOf({ ...many, moe_ep_overlap: false }).expertParallel;
    expect(hidden).toBeLessThan(stepOf(many).expertParallel);
    expect(shown).toBeGreaterThanOrEqual(stepOf(many).expertParallel);
    // Amazon's adapter is driven by the host: the exchange is waited for whatever is said.
    const adapter = { interconnect: 'EFA 3200 Gb/s per node' };
    expect(stepOf({ ...many, moe_ep_overlap: true }, adapter).expertParallel).toBe(
      stepOf(many, adapter).expertParallel,
    );
  });

  it('is one kernel for all experts where DeepGEMM multiplies them in 8 bits', () => {
    const seconds = (precision: string) => {
      const { job, machine } = settledWith({ ep: 8, precision });
      return stepTime(job, machine.device, constants).total;
    };
    expect(seconds('FP8 (DeepGEMM blockwise)')).toBeLessThan(seconds('FP8 (blockwise)'));
  });
});
