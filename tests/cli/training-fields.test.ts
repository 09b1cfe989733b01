import { describe, expect, it } from 'vitest';
import {
  readLayoutExtras,
  readRecompute,
  readZeroStage,
} from '../../src/cli/estimate/training-fields';

describe('what a case says of its layout beyond degrees', () => {
  it('is nothing where it says nothing', () => {
    expect(readLayoutExtras({}, 8, 32)).toEqual({});
    expect(readLayoutExtras({ recompute: 'full', zero_stage_or_fsdp: 'FSDP' }, 8, 32)).toEqual({});
  });

  it.each([
    ['DualPipe', 'dualpipe'],
    ['dual-pipe, 16 stages', 'dualpipe'],
    ['zero-bubble (ZB-H1)', 'zero-bubble'],
    ['ZB1P', 'zero-bubble'],
  ])('is its schedule: %s', (schedule, expected) => {
    expect(readLayoutExtras({ schedule }, 8, 32)).toEqual({ schedule: expected });
  });

  it('is the number of recomputed layers, of full recomputation alone', () => {
    const recompute = 'full, method="block", num_layers=5 [recipe]';
    expect(readRecompute(recompute)).toBe('full');
    expect(readLayoutExtras({ recompute }, 8, 32)).toEqual({ recomputedLayers: 5 });
    expect(readLayoutExtras({ recompute: 'selective, num_layers=5' }, 8, 32)).toEqual({});
  });

  it.each([
    ['FSDP group 64', 64],
    ['FSDP 128 x DP 4 (HSDP)', 128],
    ['HSDP (PyTorch FSDP1)', 8],
    ['FSDP HYBRID_SHARD', 8],
    ['ZeRO-1 sharded within 16 GPUs (two nodes)', 16],
    ['MiCS: sharded over the 4 GPUs of half a node', 4],
    ['MiCS', 8],
  ])('is the group that shares a state: %s', (zero_stage_or_fsdp, shardGroup) => {
    expect(readLayoutExtras({ zero_stage_or_fsdp }, 8, 32)).toEqual({ shardGroup });
  });

  it.each([
    ['all-to-all over heads (Ulysses)', 'ulysses'],
    ['context parallel of torchtitan (ring)', 'ring'],
  ])('is the kind of context parallelism also where a method is named: %s', (method, kind) => {
    expect(readLayoutExtras({ cp_method: method }, 8, 32)).toEqual({ contextExchange: kind });
    expect(readLayoutExtras({ cp_method: method, cp_type: 'all-gather' }, 8, 32)).toEqual({
      contextExchange: 'all-gather',
    });
  });

  it('is capacity, offload and the kind of context parallelism', () => {
    const given = { capacity_factor: 1.25, optimizer_offload: 'true', cp_type: 'a2a' };
    expect(readLayoutExtras(given, 8, 32)).toEqual({
      capacityFactor: 1.25,
      offloadsOptimizer: true,
      contextExchange: 'ulysses',
    });
    expect(readLayoutExtras({ cp_type: 'p2p', optimizer_offload: false }, 8, 32)).toEqual({
      contextExchange: 'ring',
    });
    expect(readLayoutExtras({ zero_stage_or_fsdp: 'DeepSpeed ZeRO-3 offload' }, 8, 32)).toEqual({
      offloadsOptimizer: true,
    });
  });
});

describe('what a word or a switch of a case means', () => {
  it.each([
    ['3', 3],
    [2, 2],
    ['zero2', 2],
    ['ZeRO Stage 3', 3],
    ['ZeRO-0', 0],
    ['FSDP FULL_SHARD (ZeRO-3)', 3],
    ['FSDP SHARD_GRAD_OP', 2],
    ['HSDP', 3],
    ['DDP/distributed optimizer (FSDP=0)', 1],
    ['DDP', 0],
    ['not stated', null],
    [true, null],
    [null, null],
  ])('of sharding: %s', (given, stage) => {
    expect(readZeroStage({ zero_stage_or_fsdp: given })).toBe(stage);
  });

  it.each([
    ['FSDP2', 4, 2],
    ['FSDP2', 1, 3],
    ['ZeRO-3', 4, 3],
    ['FSDP (parameters not re-sharded after forward)', 1, 2],
    ['FSDP, reshard_after_forward=False', 1, 2],
  ])('of sharding beside a pipeline: %s, %d stages', (given, pp, stage) => {
    expect(readZeroStage({ zero_stage_or_fsdp: given, pp })).toBe(stage);
  });

  it.each([
    ['HAI-LLM, DualPipe', 'dualpipe'],
    ['Megatron-Core, zero-bubble', 'zero-bubble'],
    ['Megatron-Core', undefined],
  ])('of a schedule named with the framework: %s', (framework, schedule) => {
    expect(readLayoutExtras({ framework }, 8, 32).schedule).toBe(schedule);
  });

  it.each([
    [true, 'full'],
    ['yes', 'full'],
    ['uniform', 'full'],
    ['gradient checkpointing', 'full'],
    ['selective activation checkpointing', 'selective'],
    [false, 'none'],
    ['off', 'none'],
    ['', null],
    ['to be decided', null],
  ])('of recomputation: %s', (given, expected) => {
    expect(readRecompute(given)).toBe(expected);
  });
});

describe('fields that sources name otherwise', () => {
  it('mean the same: the schedule, the exchange of long sequences, states in the host', () => {
    const named = { pp_schedule: 'DualPipeV', cp_method: 'Ulysses', optimizer_cpu_offload: true };
    expect(readLayoutExtras(named, 8, 32)).toEqual({
      schedule: 'dualpipe',
      contextExchange: 'ulysses',
      offloadsOptimizer: true,
    });
  });
});
