import { describe, expect, it } from 'vitest';
import type { Demand } from '@engine/sizing/demand';
import { sizeDemand } from '@engine/sizing/size-demand';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { chatDemand as chat, runDemand as run } from './demands';

describe('an impossible demand is named before any machine is looked at', () => {
  it.each<[string, Demand, string]>([
    ['an unknown model', { ...chat, modelId: 'nowhere' }, 'demand.model'],
    ['no prompt', { ...chat, inputTokens: 0 }, 'demand.zero'],
    ['no answer', { ...chat, outputTokens: 0 }, 'demand.zero'],
    ['an answer that is no number', { ...chat, outputTokens: Number.NaN }, 'demand.zero'],
    ['an endless prompt', { ...chat, inputTokens: Infinity }, 'demand.zero'],
    ['a target of nothing', { ...chat, timePerOutputTokenTargetMs: 0 }, 'demand.zero'],
    ['fewer than no users', { ...chat, concurrentUsers: -1 }, 'demand.users'],
    ['users that are no number', { ...chat, concurrentUsers: Number.NaN }, 'demand.users'],
    ['a context beyond the model’s', { ...chat, inputTokens: 200_000 }, 'demand.context'],
    ['a sequence beyond the model’s', { ...run, sequenceLength: 1e6 }, 'demand.context'],
    ['no tokens', { ...run, tokens: 0 }, 'demand.zero'],
    ['no time', { ...run, deadlineDays: 0 }, 'demand.zero'],
    ['no service', { kind: 'services', services: [] }, 'demand.empty'],
    [
      'one bad service of two',
      { kind: 'services', services: [chat, { ...chat, outputTokens: -3 }] },
      'demand.zero',
    ],
  ])('%s', (_what, demand, code) => {
    const { problem, ranked, rejected, relaxations } = sizeDemand(demand, catalogue);
    expect(problem?.code).toBe(code);
    expect(problem?.title).not.toMatch(/NaN|undefined/);
    expect(problem?.advice).toMatch(/\.$/);
    expect([...ranked, ...rejected, ...relaxations]).toEqual([]);
  });
});

describe('a demand that nothing meets says what to relax, and by how much', () => {
  it('when the model fits nowhere', () => {
    const architecture = { ...kimi().architecture, layers: 60 * 800, contextLength: 1e6 };
    const models = new Map([['huge', { ...kimi(), id: 'huge', name: 'Huge', architecture }]]);
    const { problem } = sizeDemand({ ...chat, modelId: 'huge' }, { ...catalogue, models });
    expect(problem?.code).toBe('demand.memory');
    expect(problem?.title).toBe('Huge fits into no scale-up domain of the catalogue');
    expect(problem?.advice).toMatch(/^Its weights take [\d,]+ GB: store them in fewer bits/);
  });

  it.each([
    ['time to first token', { timeToFirstTokenTargetMs: 0.01 }],
    ['time per output token', { timePerOutputTokenTargetMs: 0.01 }],
  ])('when the %s is out of reach: the time it names is met by somebody', (what, change) => {
    const { problem, rejected } = sizeDemand({ ...chat, ...change }, catalogue);
    expect(problem?.code).toBe('demand.target');
    expect(problem?.title).toContain(`a ${what} of 0.01 ms`);
    const bestMs = Number(/takes ([\d.]+) ms/.exec(problem?.advice ?? '')?.[1]);
    const [key = ''] = Object.keys(change);
    const relaxed = sizeDemand({ ...chat, [key]: bestMs * 1.05 }, catalogue, 'buy', 'accelerators');
    expect(relaxed.ranked.length).toBeGreaterThan(0);
    expect(relaxed.problem).toBeNull();
    expect(rejected.length).toBeGreaterThan(100);
  });

  it('when the deadline is too near', () => {
    const { problem } = sizeDemand({ ...run, deadlineDays: 1e-6 }, catalogue);
    expect(problem?.code).toBe('demand.deadline');
  });
});

function kimi() {
  const model = catalogue.models.get('kimi-k2');
  if (!model) throw new Error('The catalogue has no Kimi K2.');
  return model;
}
