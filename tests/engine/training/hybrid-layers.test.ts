import { describe, expect, it } from 'vitest';
import type { Architecture, RecurrentMixer } from '@engine/catalogue/types';
import { attentionFlopPerToken } from '@engine/model/flop';
import { layerKinds } from '@engine/model/layer-kinds';
import { countParameters } from '@engine/model/parameters';
import { recurrentSize } from '@engine/model/recurrent-mixer';
import { attentionCoreSeconds } from '@engine/training/attention-core';
import { expertParallelSeconds } from '@engine/training/communication';
import type { TrainingJob } from '@engine/training/job';
import { expertFeedForward, mixingProducts } from '@engine/training/layer-products';
import { usualSoftware } from '@engine/training/software';
import { stepTime } from '@engine/training/step-time';
import { architectureOf } from '../../fixtures/engine-fixture';
import {
  countingFlop,
  flopRate,
  jobOf,
  linkRate,
  lossless,
  partOf,
  withIdealLinks,
} from './ideal-device';

const counting = countingFlop(partOf('h100-sxm'));
const tokens = 1024;

function mixerOf({ recurrentMixer }: Architecture): RecurrentMixer {
  if (!recurrentMixer) throw new Error('No layer of this model has a recurrence.');
  return recurrentMixer;
}

function withArchitecture(architecture: Architecture, layout: Partial<TrainingJob['layout']> = {}) {
  return jobOf('', layout, { architecture });
}

describe('a layer of a hybrid model', () => {
  it.each(['qwen3-next-80b-a3b', 'qwen3.5-397b-a17b', 'minimax-01', 'nemotron-h-8b'])(
    'of %s multiplies a token by its mixing matrices, two operations each',
    (id) => {
      const architecture = architectureOf(id);
      const job = withArchitecture(architecture);
      const products = mixingProducts({ job, device: counting, constants: lossless, tokens });
      const { recurrent } = layerKinds(architecture);
      expect(recurrent).toBeGreaterThan(0);
      const expected = 2 * tokens * countParameters(architecture).attentionPerLayer;
      expect((products.forward * flopRate) / expected).toBeCloseTo(1, 6);
    },
  );

  it('attends in its attention layers alone, and runs its recurrence in the others', () => {
    const architecture = architectureOf('qwen3-next-80b-a3b');
    const job = withArchitecture(architecture);
    const device = {
      ...counting,
      constants: { ...counting.constants, attentionFraction: 0.5 },
    };
    const software = { ...usualSoftware('current'), attention: 'flash 3' } as const;
    const everyPart = { ...lossless, recurrenceShare: 1, attentionHalfLengthNewer: 0 };
    const seconds = attentionCoreSeconds(job, device, everyPart, tokens, software);
    const flop = tokens * attentionFlopPerToken(architecture, job.sequenceLength / 2);
    expect((seconds * 0.5 * flopRate * architecture.layers) / flop).toBeCloseTo(1, 6);
    // Kernels of recurrences reach less of the peak than those of attention.
    const halved = { ...everyPart, recurrenceShare: 0.5 };
    const older = attentionCoreSeconds(job, device, halved, tokens, software);
    const { recurrent } = layerKinds(architecture);
    const recurrence = tokens * recurrent * recurrentSize(mixerOf(architecture)).recurrenceFlop;
    const added = (older - seconds) * 0.5 * flopRate * architecture.layers;
    expect(added / recurrence).toBeCloseTo(1, 6);
    // They were written before the units of Blackwell, and reach a share of their own there.
    const newer = { ...device, unit: 'four-bit' as const };
    const onNewer = { ...everyPart, recurrenceFourUnit: 0.25 };
    const slower = attentionCoreSeconds(job, newer, onNewer, tokens, software);
    expect(((slower - seconds) * 0.5 * flopRate * architecture.layers) / recurrence).toBeCloseTo(
      3,
      6,
    );
    expect(attentionCoreSeconds(job, device, onNewer, tokens, software)).toBe(seconds);
  });

  it('costs less where only every other layer has a feed-forward block', () => {
    const whole = architectureOf('llama-3.1-8b');
    const half = { ...whole, feedForwardLayers: whole.layers / 2 };
    const device = partOf('h100-sxm');
    const matmulOf = (architecture: Architecture) =>
      stepTime(withArchitecture(architecture), device, lossless).matmul;
    const blocks = countParameters(whole).denseFeedForward * (whole.layers / 2);
    const share = 1 - blocks / countParameters(whole).multipliedPerToken;
    expect(matmulOf(half) / matmulOf(whole)).toBeCloseTo(share, 1);
  });
});

describe('experts of a width of their own', () => {
  const base = architectureOf('mixtral-8x7b');
  const mixtral = base.mixtureOfExperts;
  if (mixtral === null) throw new Error('Mixtral has experts.');

  it('multiply every token by the matrices that the parameter count counts', () => {
    for (const mixtureOfExperts of [
      { ...mixtral, latentWidth: 1024 },
      { ...mixtral, sharedExperts: 1, sharedFfn: 512 },
      { ...mixtral, latentWidth: 512, sharedExperts: 2, sharedFfn: 768 },
    ]) {
      const architecture = { ...base, mixtureOfExperts };
      const job = withArchitecture(architecture);
      const setting = { job, device: counting, constants: lossless, tokens };
      const expected = 2 * tokens * countParameters(architecture).activeExpertFeedForward;
      expect((expertFeedForward(setting, 0).forward * flopRate) / expected).toBeCloseTo(1, 6);
    }
  });

  it('receive tokens in that width', () => {
    const device = withIdealLinks(partOf('h100-sxm'), 8);
    const sent = (latentWidth: number | undefined) => {
      const architecture = { ...base, mixtureOfExperts: { ...mixtral, latentWidth } };
      const job = withArchitecture(architecture, { expertParallel: 8 });
      return expertParallelSeconds(job, device, lossless) * linkRate;
    };
    expect(sent(1024) / sent(undefined)).toBeCloseTo(1024 / base.hidden, 9);
  });
});

describe('experts in groups', () => {
  const device = withIdealLinks(partOf('h100-sxm'), 8);
  const base = architectureOf('deepseek-v3');
  const experts = base.mixtureOfExperts;
  if (experts === null) throw new Error('DeepSeek-V3 has experts.');
  const across = (groups: { count: number; perToken: number } | undefined) => {
    const architecture = { ...base, mixtureOfExperts: { ...experts, groups } };
    const always = { ...lossless, expertParallelExposed: 0, expertParallelExposedAcross: 1 };
    const job = withArchitecture(architecture, { expertParallel: 64 });
    const software = { ...usualSoftware('current'), dispatcher: 'deduplicated' as const };
    return expertParallelSeconds({ ...job, software }, device, always);
  };

  it('send a token of DeepSeek-V3 to at most four of eight nodes, as its report says', () => {
    const free = 8 * (1 - (7 / 8) ** 8);
    const held = 4 * (1 - (3 / 4) ** 8);
    expect(across({ count: 8, perToken: 4 }) / across(undefined)).toBeCloseTo(held / free, 9);
    expect(held).toBeLessThan(4);
  });

  it('change nothing where a token may use all of them, and save the more the fewer it may use', () => {
    expect(across({ count: 8, perToken: 8 })).toBe(across(undefined));
    expect(across({ count: 8, perToken: 2 })).toBeLessThan(across({ count: 8, perToken: 4 }));
  });
});
