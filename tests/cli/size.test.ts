import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCommand } from './support';

const service = {
  model: 'Llama 3.1 8B',
  inputTokens: 1_000,
  outputTokens: 200,
  requestsPerUserHour: 10,
  timeToFirstTokenTargetMs: 2_000,
  timePerOutputTokenTargetMs: 60,
};

const answer = z.object({
  model: z.string(),
  problem: z.object({ code: z.string(), title: z.string(), advice: z.string() }).nullable(),
  ranked: z.array(
    z.object({
      systemId: z.string(),
      accelerators: z.number(),
      itPowerKw: z.number(),
      solution: z.object({ kind: z.string() }),
    }),
  ),
  relaxations: z.array(z.object({ target: z.string(), after: z.number() })),
  rejected: z.array(z.object({ reason: z.string() })),
});

async function size(demand: unknown): Promise<{ status: number } & z.infer<typeof answer>> {
  const { status, printed } = await runCommand(['size', '-'], JSON.stringify(demand));
  return { status, ...answer.parse(JSON.parse(printed)) };
}

describe('clusterwright size', () => {
  it('takes users, requests or tokens of a day, which say the same', async () => {
    const [users, requests, tokens] = await Promise.all([
      size({ kind: 'inference', ...service, concurrentUsers: 36_000 }),
      size({ kind: 'inference', ...service, requestsPerDay: 4_320_000, peakToMean: 2 }),
      size({ kind: 'inference', ...service, tokensPerDay: 5_184_000_000, peakToMean: 2 }),
    ]);
    expect(users.ranked.length).toBeGreaterThan(3);
    expect(requests.ranked).toEqual(users.ranked);
    expect(tokens.ranked).toEqual(users.ranked);
  });

  it('wants exactly one of them', async () => {
    const two = { kind: 'inference', ...service, concurrentUsers: 1, requestsPerDay: 1 };
    for (const demand of [two, { kind: 'inference', ...service }]) {
      const { status, told } = await runCommand(['size', '-'], JSON.stringify(demand));
      expect(status).toBe(1);
      expect(told).toContain('exactly one of concurrentUsers, requestsPerDay and tokensPerDay');
    }
  });

  it('ranks by power when asked', async () => {
    const demand = { kind: 'inference', ...service, concurrentUsers: 36_000, rankedBy: 'power' };
    const power = (await size(demand)).ranked.map(({ itPowerKw }) => itPowerKw);
    expect(power.length).toBeGreaterThan(20);
    expect(power).toEqual(power.toSorted((first, second) => first - second));
  });

  it('sizes several services on one cluster', async () => {
    const services = [
      { ...service, concurrentUsers: 10_000 },
      { ...service, model: 'Qwen3 14B', concurrentUsers: 10_000 },
    ];
    const { model, ranked } = await size({ kind: 'services', services });
    expect(model).toBe('Llama 3.1 8B, Qwen3 14B');
    expect(ranked[0]?.solution.kind).toBe('services');
  });

  it('sizes images, texts, speech and videos by the name of their model', async () => {
    const daily = { requestsPerDay: 1e6, targetSeconds: 20 };
    const images = await size({ kind: 'image', model: 'FLUX dev', ...daily });
    expect(images.model).toBe('FLUX.1 dev');
    const texts = await size({ kind: 'embedding', model: 'BAAI/bge-large-en-v1.5', ...daily });
    expect(texts.model).toBe('BGE large en v1.5');
    const speech = await size({ kind: 'speech', model: 'openai/whisper-large-v3', ...daily });
    expect(speech.model).toBe('Whisper large v3');
    const videos = await size({
      kind: 'video',
      model: 'Wan2.1-T2V-1.3B',
      videoSeconds: 3,
      requestsPerDay: 1_000,
      targetSeconds: 600,
    });
    expect(videos.model).toBe('Wan 2.1 T2V 1.3B');
    for (const { ranked } of [images, texts, speech, videos]) {
      expect(ranked.length).toBeGreaterThan(3);
      expect(ranked[0]?.solution.kind).toBe('task');
    }
    const mixed = [
      { ...service, concurrentUsers: 10_000 },
      { kind: 'image', model: 'SDXL', ...daily },
    ];
    expect((await size({ kind: 'services', services: mixed })).model).toContain(
      'Llama 3.1 8B, Stable Diffusion XL',
    );
  });

  it.each([
    [
      { kind: 'image', model: 'Midjourney', requestsPerDay: 1, targetSeconds: 1 },
      'known models: sd-1.5',
    ],
    [
      { kind: 'speech', model: 'whisper-large-v9', requestsPerDay: 1, targetSeconds: 1 },
      'whisper-large-v3',
    ],
    [{ kind: 'image', model: 'SDXL', requestsPerDay: 0, targetSeconds: 1 }, 'requestsPerDay'],
    [{ kind: 'image', model: 'SDXL', requestsPerDay: 1e30, targetSeconds: 1 }, 'requestsPerDay'],
    [{ kind: 'inference', ...service, concurrentUsers: 1e30 }, 'concurrentUsers'],
    [{ kind: 'inference', ...service, concurrentUsers: 1, outputTokens: 1e30 }, 'outputTokens'],
    [
      { kind: 'services', services: [{ kind: 'image', model: 'SDXL', targetSeconds: 1 }] },
      'requestsPerDay',
    ],
  ])('says what is wrong with a demand for images or speech', async (demand, words) => {
    const { status, told } = await runCommand(['size', '-'], JSON.stringify(demand));
    expect(status).toBe(1);
    expect(told).toContain(words);
  });

  it('names the problem of a demand that cannot be met, and fails', async () => {
    const long = { kind: 'inference', ...service, concurrentUsers: 1, inputTokens: 1e6 };
    const { status, problem, ranked } = await size(long);
    expect(status).toBe(1);
    expect(problem?.code).toBe('demand.context');
    expect(problem?.advice).toContain('Shorten prompt and answer');
    expect(ranked).toEqual([]);
  });
});
