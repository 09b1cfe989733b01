import { describe, expect, test } from 'vitest';
import { deepSpeedLaunch } from '@engine/launch/deepspeed';
import { launchSettings } from '@engine/launch/launch-settings';
import { bridgeLaunch, megatronLaunch } from '@engine/launch/megatron';
import { nemoLaunch } from '@engine/launch/nemo';
import { torchtitanLaunch } from '@engine/launch/torchtitan';
import { expertJob, job, options } from './launch-fixture';

describe('choices beyond the degrees', () => {
  const ring = { contextParallel: 4, contextExchange: 'ring' } as const;
  const offload = { offloadsOptimizer: true, momentPrecision: '16-bit', zeroStage: 1 } as const;
  const groups = { zeroStage: 3, shardGroup: 16, pipelineParallel: 1, virtualStages: 1 } as const;

  test.each([
    ['ring', 'p2p'],
    ['all-gather', 'all_gather'],
    ['ulysses', 'a2a'],
  ] as const)('an exchange by %s is %s in Megatron', (contextExchange, name) => {
    const asked = job({ contextParallel: 4, contextExchange });
    expect(options(megatronLaunch(asked).text).get('--cp-comm-type')).toBe(name);
    expect(bridgeLaunch(asked).text).toContain(`cfg.model.cp_comm_type = "${name}"`);
    expect(megatronLaunch(job()).text).not.toContain('--cp-comm-type');
  });

  test('some layers of a stage are recomputed in blocks', () => {
    const some = job({ recompute: 'full', recomputedLayers: 3, virtualStages: 1 });
    const found = options(megatronLaunch(some).text);
    expect(found.get('--recompute-method')).toBe('block');
    expect(found.get('--recompute-num-layers')).toBe('3');
    expect(bridgeLaunch(some).text).toContain('cfg.model.recompute_method = "block"');
    expect(bridgeLaunch(some).text).toContain('cfg.model.recompute_num_layers = 3');
    expect(nemoLaunch(some).cannot.join()).toContain('recompute_num_layers 3');
    expect(torchtitanLaunch(some).cannot.join()).toContain('FullAC covers all');
    expect(deepSpeedLaunch(some).cannot.join()).toContain('3 layers of a stage');
    const all = options(megatronLaunch(job({ recompute: 'full' })).text);
    expect(all.get('--recompute-method')).toBe('uniform');
    const unused = megatronLaunch(job({ recompute: 'selective', recomputedLayers: 3 })).text;
    expect(unused).not.toContain('--recompute-num-layers');
  });

  test('Megatron counts recomputed layers by chunk, and says where a stage does not divide', () => {
    const even = job({ recompute: 'full', recomputedLayers: 6, virtualStages: 2 });
    expect(options(megatronLaunch(even).text).get('--recompute-num-layers')).toBe('3');
    expect(bridgeLaunch(even).text).toContain('cfg.model.recompute_num_layers = 3');
    expect(nemoLaunch(even).cannot.join()).toContain('recompute_num_layers 3');
    const uneven = job({ recompute: 'full', recomputedLayers: 3, virtualStages: 2 });
    expect(options(megatronLaunch(uneven).text).get('--recompute-num-layers')).toBe('2');
    for (const launch of [megatronLaunch, bridgeLaunch, nemoLaunch]) {
      const sentence = '2 of each are recomputed, up to 4 of the stage';
      expect(launch(uneven).cannot.join()).toContain(sentence);
      expect(launch(even).cannot.join()).not.toContain('of each are recomputed');
    }
  });

  test('hybrid sharding has the groups of each tool', () => {
    const asked = job(groups, { dataParallel: 64, accelerators: 512 });
    expect(options(megatronLaunch(asked).text).get('--num-distributed-optimizer-instances')).toBe(
      '4',
    );
    expect(bridgeLaunch(asked).text).toContain('cfg.ddp.num_distributed_optimizer_instances = 4');
    expect(torchtitanLaunch(asked).text).toContain('data_parallel_replicate_degree=4,');
    expect(torchtitanLaunch(asked).text).toContain('data_parallel_shard_degree=16,');
    expect(JSON.parse(deepSpeedLaunch(asked).text)).toMatchObject({
      zero_optimization: { stage: 3, mics_shard_size: 16 },
    });
    expect(deepSpeedLaunch(asked).cannot.join()).toContain('MiCS_Init');
    expect(nemoLaunch(asked).cannot.join()).toContain('Hybrid sharding');
  });

  test('torchtitan shards over context-parallel ranks as well: the degrees still multiply', () => {
    const layout = { ...groups, contextParallel: 4 } as const;
    const { text } = torchtitanLaunch(job(layout, { dataParallel: 64 }));
    expect(text).toContain('data_parallel_shard_degree=4,');
    expect(text).toContain('data_parallel_replicate_degree=16,');
  });

  test('groups of another stage than 3 do not exist in DeepSpeed, and none are said of all replicas', () => {
    const second = job({ ...groups, zeroStage: 2 }, { dataParallel: 64 });
    expect(deepSpeedLaunch(second).cannot.join()).toContain('ZeRO 3 alone');
    const whole = job({ ...groups, shardGroup: 64 }, { dataParallel: 64 });
    for (const { text } of launchSettings(whole)) {
      expect(text).not.toMatch(/instances|mics/);
    }
  });

  test('an optimizer in host memory with narrow moments', () => {
    const found = options(megatronLaunch(job(offload)).text);
    expect(found.get('--optimizer-cpu-offload')).toBe('');
    expect(found.get('--use-precision-aware-optimizer')).toBe('');
    expect(found.get('--exp-avg-dtype')).toBe('fp16');
    expect(found.get('--exp-avg-sq-dtype')).toBe('fp16');
    expect(bridgeLaunch(job(offload)).text).toContain('optimizer_cpu_offload = True');
    expect(bridgeLaunch(job(offload)).text).toContain('exp_avg_dtype = torch.float16');
    expect(torchtitanLaunch(job(offload)).text).toContain('enable_cpu_offload=True');
    expect(JSON.parse(deepSpeedLaunch(job(offload)).text)).toMatchObject({
      zero_optimization: { offload_optimizer: { device: 'cpu', pin_memory: true } },
    });
    expect(nemoLaunch(job(offload)).cannot.join()).toContain('optimizer_cpu_offload');
    const whole = { ...offload, zeroStage: 0 } as const;
    expect(megatronLaunch(job(whole)).cannot.join()).toContain('sharded optimizer');
    expect(deepSpeedLaunch(job(whole)).cannot.join()).toContain('ZeRO 1 or more');
  });

  test('an optimizer is named where the tool has it', () => {
    const muon = job({ optimizer: 'muon' });
    expect(options(megatronLaunch(muon).text).get('--optimizer')).toBe('muon');
    expect(bridgeLaunch(muon).text).toContain('cfg.optimizer.optimizer = "muon"');
    expect(deepSpeedLaunch(muon).cannot.join()).toContain('muon');
    expect(torchtitanLaunch(muon).cannot.join()).toContain('container of optimizers');
    expect(nemoLaunch(muon).cannot.join()).toContain('optimizer’s configuration');
    expect(megatronLaunch(job()).text).not.toContain('--optimizer ');
    const factored = megatronLaunch(job({ optimizer: 'adafactor' }));
    expect(factored.text).not.toContain('--optimizer ');
    expect(factored.cannot.join()).toContain('Adafactor does not exist');
  });

  test('weights in host memory need full sharding', () => {
    const hosted = { offloadsWeights: true, zeroStage: 3 } as const;
    expect(JSON.parse(deepSpeedLaunch(job(hosted)).text)).toMatchObject({
      zero_optimization: { stage: 3, offload_param: { device: 'cpu', pin_memory: true } },
    });
    expect(torchtitanLaunch(job(hosted)).text).toContain('enable_cpu_offload=True');
    for (const launch of [megatronLaunch, bridgeLaunch, nemoLaunch]) {
      expect(launch(job(hosted)).cannot.join()).toContain('Weights stay on the accelerators');
    }
    const whole = deepSpeedLaunch(job({ ...hosted, zeroStage: 2 }));
    expect(whole.text).not.toContain('offload_param');
    expect(whole.cannot.join()).toContain('ZeRO 3 alone');
  });

  test('activations of whole layers go to the host without pipeline and recomputation', () => {
    const layers = { offloadedLayers: 12, pipelineParallel: 1, virtualStages: 1 } as const;
    const plain = job({ ...layers, recompute: 'none' });
    expect(options(megatronLaunch(plain).text).get('--cpu-offloading-num-layers')).toBe('12');
    expect(bridgeLaunch(plain).text).toContain('cfg.model.cpu_offloading_num_layers = 12');
    expect(deepSpeedLaunch(plain).cannot.join()).toContain('full recomputation alone');
    const again = job({ ...layers, recompute: 'full' });
    expect(megatronLaunch(again).text).not.toContain('cpu-offloading');
    expect(megatronLaunch(again).cannot.join()).toContain('takes parts of layers by name');
    expect(JSON.parse(deepSpeedLaunch(again).text)).toMatchObject({
      activation_checkpointing: { partition_activations: true, cpu_checkpointing: true },
    });
  });

  test('8-bit moments are fp8 in Megatron-LM', () => {
    const narrow = job({ momentPrecision: '8-bit' });
    expect(options(megatronLaunch(narrow).text).get('--exp-avg-dtype')).toBe('fp8');
    expect(bridgeLaunch(narrow).text).toContain('exp_avg_dtype = torch.uint8');
  });

  test('slots of experts are stated for models that have experts', () => {
    const capped = { capacityFactor: 1.25 };
    const found = options(megatronLaunch(expertJob(capped)).text);
    expect(found.get('--moe-expert-capacity-factor')).toBe('1.25');
    expect(found.get('--moe-token-dispatcher-type')).toBe('alltoall');
    expect(bridgeLaunch(expertJob(capped)).text).toContain('moe_expert_capacity_factor = 1.25');
    expect(megatronLaunch(job(capped)).text).not.toContain('capacity');
    expect(torchtitanLaunch(expertJob(capped)).cannot.join()).toContain('not dropped');
  });

  test.each([
    ['zero-bubble', 'InterleavedZeroBubble', /[Zz]ero-bubble/],
    ['dualpipe', 'DualPipeV', /DualPipe/],
  ] as const)(
    'the schedule %s is named where it exists, and said where not',
    (schedule, name, said) => {
      const asked = job({ schedule, virtualStages: 1 });
      expect(torchtitanLaunch(asked).text).toContain(`pipeline_parallel_schedule="${name}"`);
      for (const { cannot } of launchSettings(asked)) expect(cannot.join()).toMatch(said);
      for (const { cannot } of launchSettings(job())) expect(cannot.join()).not.toMatch(said);
    },
  );

  test('what a tool cannot exchange is said', () => {
    expect(deepSpeedLaunch(job(ring)).cannot.join()).toContain('not by ring');
    const ulysses = { ...ring, contextExchange: 'ulysses' } as const;
    expect(deepSpeedLaunch(job(ulysses)).cannot.join()).not.toContain('not by');
    expect(torchtitanLaunch(job(ring)).cannot.join()).toContain('attention of the model');
  });
});
