import { describe, expect, it } from 'vitest';
import { degreesText, replicaAccelerators } from '@engine/inference/workload-layout';
import { layoutProblems } from '@engine/inference/layout-findings';
import { replicaOptions } from '@engine/sizing/replica-options';
import { sizeDemand } from '@engine/sizing/size-demand';
import type { InferenceDemand } from '@engine/sizing/demand';
import type { Precision } from '@engine/catalogue/types';
import type { InferenceWorkload } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, modelOf, systemOf, templatePlan } from '../../fixtures/engine-fixture';

const shape = { inputTokens: 1_500, outputTokens: 400 };

function layoutsOf(systemId: string, modelId: string, precision: Precision): string[] {
  const system = systemOf(systemId);
  const candidate = { system, accelerator: acceleratorOf(system.acceleratorId) };
  const model = modelOf(modelId);
  return replicaOptions(candidate, model, shape, precision, catalogue.assumptions).map(
    ({ layout }) => degreesText(layout),
  );
}

const chat: InferenceDemand = {
  kind: 'inference',
  modelId: 'deepseek-v3',
  concurrentUsers: 100_000,
  requestsPerUserHour: 10,
  ...shape,
  timeToFirstTokenTargetMs: 2_000,
  timePerOutputTokenTargetMs: 60,
  weightPrecision: null,
};

describe('the layouts that sizing tries', () => {
  it('of a dense model that fits are its tensor-parallel degrees alone', () => {
    expect(layoutsOf('dgx-h100', 'llama-3.1-70b', 'fp8')).toEqual(['TP 1', 'TP 2', 'TP 4', 'TP 8']);
  });

  it('of a model too large for a scale-up domain go on to stages', () => {
    expect(layoutsOf('dgx-h100', 'llama-3.1-405b', 'bf16')).toEqual([
      'TP 1',
      'TP 2',
      'TP 4',
      'TP 8',
      'TP 8 × PP 2',
      'TP 8 × PP 4',
    ]);
  });

  it.each(['deepseek-v3', 'kimi-k2'])(
    'of %s go on to attention in groups, with whole experts on every accelerator',
    (modelId) => {
      const layouts = layoutsOf('dgx-h200', modelId, 'fp8');
      expect(layouts).toContain('TP 8, DP attention 8, EP 8');
      expect(layouts).toContain('TP 16, DP attention 16, EP 16');
      expect(layouts).toContain('TP 32, DP attention 32, EP 32');
    },
  );

  it.each(['deepseek-v3', 'kimi-k2', 'llama-3.1-405b', 'gpt-oss-120b'])(
    'of %s are without a problem, but for memory',
    (modelId) => {
      const usual = templatePlan('chat-fleet-h200').workloads[0];
      if (usual?.kind !== 'inference') throw new Error('It is a service.');
      const system = systemOf('dgx-h200');
      const candidate = { system, accelerator: acceleratorOf(system.acceleratorId) };
      const model = modelOf(modelId);
      for (const { layout } of replicaOptions(
        candidate,
        model,
        shape,
        'fp8',
        catalogue.assumptions,
      )) {
        const service: InferenceWorkload = { ...usual, modelId, ...layout };
        expect(layoutProblems(service, model.architecture), degreesText(layout)).toEqual([]);
      }
    },
  );
});

describe('DeepSeek-V3 for many users', () => {
  const { ranked } = sizeDemand(chat, catalogue);

  it('is served in groups for attention where that takes fewer accelerators', () => {
    const inGroups = ranked.filter(
      ({ solution }) => solution.kind === 'inference' && solution.attentionDataParallel,
    );
    expect(inGroups.length).toBeGreaterThan(2);
  });

  it('has room for its replicas on every ranked cluster', () => {
    for (const { solution, accelerators } of ranked) {
      if (solution.kind !== 'inference') throw new Error('It is a service.');
      expect(accelerators).toBeGreaterThanOrEqual(
        solution.replicas * replicaAccelerators(solution),
      );
      expect(solution.timePerOutputTokenMs).toBeLessThanOrEqual(60);
    }
  });
});

describe('a model that fits into no domain', () => {
  it('is served in stages where that meets the targets, and is refused for its memory elsewhere', () => {
    const patient = {
      ...chat,
      modelId: 'llama-3.1-405b',
      concurrentUsers: 100,
      weightPrecision: 'bf16' as const,
      timeToFirstTokenTargetMs: 20_000,
      timePerOutputTokenTargetMs: 400,
    };
    const { ranked, rejected } = sizeDemand(patient, catalogue);
    const staged = ranked.filter(
      ({ solution }) => solution.kind === 'inference' && (solution.pipelineParallel ?? 1) > 1,
    );
    expect(staged.length).toBeGreaterThan(0);
    expect(rejected.map(({ reason }) => reason)).toContain(
      'The model does not fit into the memory of four scale-up domains.',
    );
  });
});
