import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dataParallelTime,
  type DataParallelTime,
  expertParallelSeconds,
  pipelineTransferSeconds,
  tensorParallelSeconds,
} from '@engine/training/communication';
import { withElasticAdapter, type Device } from '@engine/hardware/device';
import { streamSeconds } from '@engine/hardware/memory';
import { contextParallelSeconds } from '@engine/training/context-exchange';
import {
  dispatcherOf,
  usualSoftware,
  type ExpertDispatcher,
  type TrainingSoftware,
} from '@engine/training/software';
import { parametersPerAccelerator } from '@engine/training/model-state';
import { constants, jobOf, linkRate, lossless, partOf, withIdealLinks } from './ideal-device';

const oneDomain = withIdealLinks(partOf('h100-sxm'), 4096);
const nodesOfEight = withIdealLinks(partOf('h100-sxm'), 8);
const degree = fc.constantFrom(2, 4, 8, 16);

/** All that a step of one micro-batch exchanges. */
function whole(times: DataParallelTime): number {
  const { perStep, behindForward, afterward, perMicroBatch, waitingPerMicroBatch } = times;
  return perStep + behindForward + afterward + perMicroBatch + waitingPerMicroBatch;
}

describe('tensor-parallel volume', () => {
  it('is that of four all-reduces per layer, as with Megatron-LM before sequence parallelism', () => {
    fc.assert(
      fc.property(degree, (tensorParallel) => {
        const job = jobOf('llama-3.1-405b', { tensorParallel });
        const allReduce = (2 * (tensorParallel - 1) * 4096 * 16_384 * 2) / tensorParallel;
        const sent = tensorParallelSeconds(job, oneDomain, lossless, 'dense') * linkRate;
        expect(sent / (4 * allReduce)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('halves where attention and the feed-forward block stand side by side, as in Falcon', () => {
    const job = jobOf('falcon-180b', { tensorParallel: 8 });
    expect(job.architecture.hasParallelBlocks).toBe(true);
    const behind = { ...job, architecture: { ...job.architecture, hasParallelBlocks: false } };
    expect(
      tensorParallelSeconds(job, oneDomain, lossless, 'dense') /
        tensorParallelSeconds(behind, oneDomain, lossless, 'dense'),
    ).toBeCloseTo(0.5, 9);
  });

  it('falls to three quarters where only adapters are trained', () => {
    const job = jobOf('llama-3.1-8b', { tensorParallel: 4 });
    const adapters = { ...job, trainsAdaptersOnly: true };
    expect(
      tensorParallelSeconds(adapters, oneDomain, lossless, 'dense') /
        tensorParallelSeconds(job, oneDomain, lossless, 'dense'),
    ).toBeCloseTo(0.75, 9);
  });
});

describe('tensor ranks of DTensor', () => {
  const job = (said: Partial<TrainingSoftware>, tensorParallel = 8) => {
    const software = { ...usualSoftware('fused'), ...said };
    return jobOf('llama-3.1-8b', { tensorParallel }, { software });
  };
  const seconds = (said: Partial<TrainingSoftware>, tensorParallel?: number) =>
    tensorParallelSeconds(job(said, tensorParallel), oneDomain, constants, 'dense');

  it('read and write the sequence once more for each collective along it', () => {
    // Two pairs of a layer, forward and backward: eight collectives of 4,096 tokens of 4,096 numbers.
    const copies = 8 * streamSeconds(oneDomain, 2 * 4096 * 4096 * 2);
    const more = seconds({ copiesSequences: true }) - seconds({});
    expect(more / (constants.tensorParallelExposedEarly * copies)).toBeCloseTo(1, 9);
    expect(seconds({ copiesSequences: true }, 1)).toBe(0);
  });

  it('exchange into place where products are cut up', () => {
    const cut = { overlapsTensorProducts: true };
    expect(seconds({ ...cut, copiesSequences: true })).toBe(seconds(cut));
  });

  it('gather three quarters of a pair where inputs are gathered in 8 bits', () => {
    expect(seconds({ gathersNarrow: true }) / seconds({})).toBeCloseTo(3 / 4, 9);
  });
});

describe('expert-parallel volume', () => {
  it('in one domain is every routed copy that leaves its rank: out and back, forward and backward', () => {
    fc.assert(
      fc.property(degree, fc.constantFrom(1, 2, 4), (expertParallel, tensorParallel) => {
        const job = jobOf('deepseek-v3', { expertParallel, tensorParallel });
        const leaving = (expertParallel - 1) / expertParallel;
        const routed = (4096 / tensorParallel) * 8 * 7168 * 2;
        const sent = expertParallelSeconds(job, oneDomain, lossless) * linkRate;
        expect(sent / (4 * leaving * routed)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('over nodes sends a token to no node twice, so that it grows less than the experts per token', () => {
    const crossing = (expertsPerToken: number) => {
      const { architecture } = jobOf('deepseek-v3');
      const experts = architecture.mixtureOfExperts;
      if (!experts) throw new Error('no experts');
      const changed = {
        ...architecture,
        mixtureOfExperts: { ...experts, expertsPerToken, groups: undefined },
      };
      const software = { ...usualSoftware('current'), dispatcher: 'deduplicated' as const };
      const job = jobOf('', { expertParallel: 32 }, { architecture: changed, software });
      // The scale-up link is made fast enough not to matter.
      const device = { ...nodesOfEight, scaleUp: { bytesPerSecond: 1e15, domain: 8 } };
      const copy = 4096 * 7168 * 2;
      return (expertParallelSeconds(job, device, lossless) * linkRate) / (4 * copy);
    };
    // One expert per token: three of four nodes are elsewhere. Many: all three others, once each.
    expect(crossing(1)).toBeCloseTo(3 / 4, 9);
    expect(crossing(2)).toBeCloseTo((3 / 4) * (1 + 3 / 4), 9);
    expect(crossing(256)).toBeCloseTo(3, 6);
  });
});

describe('groups that a token is held to', () => {
  const domains = (nodes: number) => {
    const software = { ...usualSoftware('current'), dispatcher: 'deduplicated' as const };
    const job = jobOf('deepseek-v3', { expertParallel: 8 * nodes }, { software });
    const device = { ...nodesOfEight, scaleUp: { bytesPerSecond: 1e15, domain: 8 } };
    const sent = expertParallelSeconds(job, device, lossless) * linkRate;
    return (sent / (4 * 4096 * 7168 * 2)) * (nodes / (nodes - 1));
  };

  it('are nodes where there is one on each: four of eight, and all of those used by eight experts', () => {
    expect(domains(8)).toBeCloseTo(4 * (1 - (3 / 4) ** 8), 9);
  });

  it('spread over more nodes where a node holds two: four of eight groups touch three nodes of four', () => {
    // A node is passed over where neither of its groups is open, 15 of 70 times, or where those that are get no expert.
    const one = (40 / 70) * (1 - (3 / 4) ** 8);
    const both = (15 / 70) * (1 - (1 / 2) ** 8);
    expect(domains(4)).toBeCloseTo(4 * (one + both), 9);
    expect(domains(2)).toBeCloseTo(
      2 *
        (1 / 70 +
          (16 / 70) * (1 - (3 / 4) ** 8) +
          (36 / 70) * (1 - (1 / 2) ** 8) +
          (16 / 70) * (1 - (1 / 4) ** 8)),
      9,
    );
  });
});

describe('dispatchers of tokens', () => {
  const crossing = (dispatcher: ExpertDispatcher, expertParallel: number) => {
    const software = { ...usualSoftware('current'), dispatcher };
    const { architecture } = jobOf('qwen3-30b-a3b');
    const job = jobOf('', { expertParallel }, { architecture, software });
    const device = { ...nodesOfEight, scaleUp: { bytesPerSecond: 1e15, domain: 8 } };
    return (expertParallelSeconds(job, device, lossless) * linkRate) / (4 * 4096 * 2048 * 2);
  };

  it('send over nodes a copy per expert, everything to everyone, or one copy per node', () => {
    // Four nodes, eight experts per token: three quarters of all traffic leaves the node.
    expect(crossing('copies', 32)).toBeCloseTo((8 * 3) / 4, 9);
    expect(crossing('gather', 32)).toBeCloseTo((4 * 3) / 4, 9);
    expect(crossing('deduplicated', 32)).toBeCloseTo(3 * (1 - (3 / 4) ** 8), 9);
  });

  it('send every rank of a node one copy where they are deduplicated', () => {
    const software = { ...usualSoftware('current'), dispatcher: 'deduplicated' as const };
    const { architecture } = jobOf('qwen3-30b-a3b');
    const job = jobOf('', { expertParallel: 4 }, { architecture, software });
    const sent = expertParallelSeconds(job, oneDomain, lossless) * linkRate;
    expect(sent / (4 * 4096 * 2048 * 2)).toBeCloseTo(3 * (1 - (3 / 4) ** 8), 9);
  });

  it('hide behind computation only where kernels or compilers are made for it', () => {
    const half = { ...lossless, expertParallelExposed: 0.5 };
    const shown = (id: string, dispatcher?: ExpertDispatcher) => {
      const software = { ...usualSoftware('current'), ...(dispatcher ? { dispatcher } : {}) };
      const job = jobOf('mixtral-8x7b', { expertParallel: 8 }, { software });
      const device = withIdealLinks(partOf(id), 4096);
      return (
        expertParallelSeconds(job, device, half) / expertParallelSeconds(job, device, lossless)
      );
    };
    expect(shown('h100-sxm')).toBe(1);
    expect(shown('h100-sxm', 'gather')).toBe(1);
    expect(shown('h100-sxm', 'deduplicated')).toBeCloseTo(0.5, 9);
    expect(shown('b200-sxm')).toBeCloseTo(0.5, 9);
    expect(shown('tpu-v5p')).toBeCloseTo(0.5, 9);
  });

  it("are waited for over Amazon's adapter, which the host drives", () => {
    const half = { ...lossless, expertParallelExposedAcross: 0.5 };
    const software = { ...usualSoftware('current'), dispatcher: 'deduplicated' as const };
    const job = jobOf('deepseek-v3', { expertParallel: 32 }, { software });
    const fabric = { ...nodesOfEight, scaleUp: { bytesPerSecond: 1e15, domain: 8 } };
    const shown = (device: Device) =>
      expertParallelSeconds(job, device, half) / expertParallelSeconds(job, fabric, lossless);
    expect(shown(fabric)).toBeCloseTo(0.5, 9);
    const { elasticAdapterUniformFraction: share } = fabric.constants;
    const bulk = { ...fabric, constants: { ...fabric.constants, elasticAdapterMessageBytes: 0 } };
    expect(shown(withElasticAdapter(bulk))).toBeCloseTo(1 / share, 9);
    // A copy of a token is a message, which takes as long as 60 KB would, whatever its width.
    const { elasticAdapterMessageBytes: least } = fabric.constants;
    expect(least).toBeGreaterThan((2 * 7168) / share);
    expect(shown(withElasticAdapter(fabric))).toBeCloseTo(least / (2 * 7168), 9);
  });

  it('are the general one unless the part usually runs another', () => {
    const job = jobOf('deepseek-v3', { expertParallel: 32 });
    expect(dispatcherOf(job, partOf('h100-sxm'))).toBe('copies');
    expect(dispatcherOf(job, partOf('b200-sxm'))).toBe('deduplicated');
  });

  it('carry no more for a busiest rank where routing is held even', () => {
    const uneven = { ...lossless, expertImbalance: 1.5 };
    const job = jobOf('mixtral-8x7b', { expertParallel: 8 });
    const even = { ...job, routesEvenly: true };
    const whole = expertParallelSeconds(job, oneDomain, lossless);
    expect(expertParallelSeconds(job, oneDomain, uneven) / whole).toBeCloseTo(1.5, 9);
    expect(expertParallelSeconds(even, oneDomain, uneven) / whole).toBeCloseTo(1, 9);
  });
});

describe('context-parallel and pipeline volume', () => {
  it('of keys and values is three all-gathers of the sequence', () => {
    fc.assert(
      fc.property(degree, (contextParallel) => {
        const job = jobOf('llama-3.1-8b', { contextParallel });
        // Eight key–value heads of 128, keys and values, two bytes.
        const gathered = 4096 * 2 * 8 * 128 * 2;
        const sent = contextParallelSeconds(job, oneDomain, lossless, 0) * linkRate;
        const expected = (3 * gathered * (contextParallel - 1)) / contextParallel;
        expect(sent / expected).toBeCloseTo(1, 9);
      }),
    );
  });

  it('of keys and values is not divided further than one head per tensor rank', () => {
    const sent = (tensorParallel: number) =>
      contextParallelSeconds(
        jobOf('llama-3.1-8b', { contextParallel: 2, tensorParallel }),
        oneDomain,
        lossless,
        0,
      );
    expect(sent(4) / sent(8)).toBeCloseTo(2, 9);
    expect(sent(16)).toBe(sent(8));
  });

  it('between stages is one hidden state per token each way, over all tensor ranks', () => {
    fc.assert(
      fc.property(degree, fc.constantFrom(1, 2, 4, 8), (pipelineParallel, tensorParallel) => {
        const job = jobOf('llama-3.1-8b', { pipelineParallel, tensorParallel });
        const sent = pipelineTransferSeconds(job, oneDomain, lossless) * linkRate;
        expect((sent * tensorParallel) / (2 * 4096 * 4096 * 2)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('data-parallel volume', () => {
  const modelled = (zeroStage: 0 | 1 | 2 | 3, dataParallel: number, model = 'llama-3.1-8b') =>
    dataParallelTime(jobOf(model, { zeroStage }, { dataParallel }), oneDomain);

  it('is twice the model per step up to ZeRO-2, three times under ZeRO-3 (Rajbhandari et al. 2020, section 7)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 512 }), (replicas) => {
        const held = parametersPerAccelerator(jobOf('llama-3.1-8b')).dense;
        const model = (2 * held * (replicas - 1)) / replicas;
        for (const [stage, times] of [
          [0, 2],
          [1, 2],
          [2, 2],
          [3, 3],
        ] as const) {
          expect((whole(modelled(stage, replicas)) * linkRate) / model).toBeCloseTo(times, 9);
        }
        expect(modelled(1, replicas).perMicroBatch).toBe(0);
        expect(modelled(3, replicas).perStep).toBe(0);
      }),
    );
  });

  it('is half as much again where gradients are exchanged in 32 bits and weights in 16', () => {
    const sent = (exchangesWide: boolean) => {
      const software = { ...usualSoftware('current'), exchangesWide };
      const job = jobOf('llama-3.1-8b', { zeroStage: 1 }, { dataParallel: 8, software });
      return whole(dataParallelTime(job, oneDomain));
    };
    expect(sent(true) / sent(false)).toBeCloseTo(1.5, 9);
  });

  it('under ZeRO-2 passes once per step where stages of a pipeline keep their gradients, else once per micro-batch', () => {
    const exchange = (zeroStage: 1 | 2, pipelineParallel: number) =>
      dataParallelTime(
        jobOf('llama-3.1-8b', { zeroStage, pipelineParallel }, { dataParallel: 8 }),
        oneDomain,
      );
    expect(exchange(2, 1).perMicroBatch).toBeGreaterThan(0);
    expect(exchange(2, 4)).toEqual(exchange(1, 4));
  });

  it('of experts spread over all replicas is none: only dense weights are exchanged', () => {
    const job = jobOf('mixtral-8x7b', { expertParallel: 8 }, { dataParallel: 8 });
    const { dense, expert } = parametersPerAccelerator(job);
    expect(expert).toBeGreaterThan(dense);
    const sent = whole(dataParallelTime(job, oneDomain)) * linkRate;
    expect(sent / ((2 * 2 * dense * 7) / 8)).toBeCloseTo(1, 9);
  });

  it('of experts that the tensor ranks of a node share passes one port per rank, as that of dense weights does', () => {
    const onePortPerRank = { ...nodesOfEight, scaleOut: { bytesPerSecond: linkRate / 8 } };
    const layout = { tensorParallel: 8, zeroStage: 3 } as const;
    const shared = { dataParallel: 16, expertTensorParallel: 8 };
    const job = jobOf('mixtral-8x7b', layout, shared);
    const { dense, expert } = parametersPerAccelerator(job);
    const sent = (dataParallelTime(job, onePortPerRank).perMicroBatch * linkRate) / 8;
    expect(sent / ((3 * 2 * (dense + expert) * 15) / 16)).toBeCloseTo(1, 9);
  });
});

describe('data-parallel exchange over many nodes', () => {
  const stepSeconds = 3e-6;
  const { scaleOut } = nodesOfEight.constants;
  const slowSteps = {
    ...nodesOfEight,
    constants: { ...nodesOfEight.constants, scaleOut: { ...scaleOut, stepSeconds } },
  };
  const fused = usualSoftware('fused');
  const current = usualSoftware('current');

  it('waits for a step per rank in every layer under ZeRO-3, in one piece before it in software whose buckets grow', () => {
    const waits = (zeroStage: 1 | 3, dataParallel: number): number => {
      const job = jobOf('llama-3.1-8b', { zeroStage }, { dataParallel, software: current });
      const all = (device: typeof slowSteps): number => {
        return whole(dataParallelTime(job, device));
      };
      return all(slowSteps) - all(nodesOfEight);
    };
    // Three exchanges of 32 layers each, and two of the whole.
    expect(waits(3, 512) / (3 * 32 * 511 * stepSeconds)).toBeCloseTo(1, 6);
    expect(waits(1, 512) / (2 * 511 * stepSeconds)).toBeCloseTo(1, 6);
  });

  it('keeps the waiting of ZeRO-3 apart from the volume, which alone may be hidden', () => {
    const { perMicroBatch, waitingPerMicroBatch } = dataParallelTime(
      jobOf('llama-3.1-8b', { zeroStage: 3 }, { dataParallel: 512, software: fused }),
      slowSteps,
    );
    const free = dataParallelTime(
      jobOf('llama-3.1-8b', { zeroStage: 3 }, { dataParallel: 512, software: fused }),
      nodesOfEight,
    );
    expect(waitingPerMicroBatch / (3 * 32 * 511 * stepSeconds)).toBeCloseTo(1, 6);
    expect(perMicroBatch).toBeCloseTo(free.perMicroBatch, 12);
  });

  it('gathers updated weights after the step in software of 2023, behind the next pass in that of today', () => {
    const of = (zeroStage: 0 | 1 | 2, software: TrainingSoftware) =>
      dataParallelTime(
        jobOf('llama-3.1-8b', { zeroStage }, { dataParallel: 64, software }),
        oneDomain,
      );
    for (const stage of [1, 2] as const) {
      expect(of(stage, current).afterward).toBe(0);
      expect(of(stage, fused).afterward).toBeGreaterThan(0);
      expect(of(stage, current).behindForward / of(stage, fused).afterward).toBeCloseTo(1, 9);
      expect(of(stage, fused).behindForward).toBe(0);
      expect(of(stage, current).perStep).toBeCloseTo(of(stage, fused).perStep, 12);
    }
    expect(of(0, fused).afterward).toBe(0);
    expect(of(0, current).behindForward).toBe(0);
  });
});

describe('degrees of one', () => {
  it('send nothing at all', () => {
    const job = jobOf('mixtral-8x7b');
    expect(tensorParallelSeconds(job, oneDomain, lossless, 'experts')).toBe(0);
    expect(expertParallelSeconds(job, oneDomain, lossless)).toBe(0);
    expect(contextParallelSeconds(job, oneDomain, lossless, 0)).toBe(0);
    expect(pipelineTransferSeconds(job, oneDomain, lossless)).toBe(0);
    expect(dataParallelTime(job, oneDomain)).toEqual({
      perStep: 0,
      behindForward: 0,
      afterward: 0,
      perMicroBatch: 0,
      waitingPerMicroBatch: 0,
      sentPerMicroBatch: 0,
    });
  });
});
