import { describe, expect, it } from 'vitest';
import type { Plan, TaskWorkload } from '@engine/plan';
import type { SizedCluster, SizedTask, TaskDemand } from '@engine/sizing/demand';
import { partAccelerators } from '@engine/sizing/one-service';
import { sizeDemand } from '@engine/sizing/size-demand';
import { everySystem } from '@engine/sizing/stand-in-system';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster, createPlan, createTask } from '@shared/plan/create';
import { quantity, reportOf } from '../../fixtures/engine-fixture';
import { chatDemand, imageDemand, speechDemand, textDemand } from './demands';

const demands: readonly TaskDemand[] = [imageDemand, textDemand, speechDemand];

function taskOf({ solution }: SizedCluster): SizedTask {
  if (solution.kind !== 'task') throw new Error('This answers in more than one piece.');
  return solution;
}

function planOf(demand: TaskDemand, answer: SizedCluster): Plan {
  const plan = createPlan(catalogue, 'A plan', 'site-1');
  const nodes = quantity(answer.nodes);
  const cluster = createCluster(catalogue, answer.systemId, 'site-1', 'cluster-1', nodes);
  const given = (value: number | null) => (value === null ? null : quantity(value));
  const service: TaskWorkload = {
    ...createTask(catalogue, demand.task, demand.modelId, cluster, 'workload-1'),
    precision: taskOf(answer).precision,
    requestsPerDay: quantity(demand.requestsPerDay),
    meanLoadFraction: quantity(1 / demand.peakToMean),
    targetSeconds: quantity(demand.targetSeconds),
    imageSteps: given(demand.imageSteps),
    imageEdge: given(demand.imageEdge),
    textTokens: given(demand.textTokens),
    audioSeconds: given(demand.audioSeconds),
  };
  return { ...plan, clusters: [cluster], workloads: [service] };
}

describe.each(demands)('what the search promises for the $task demand', (demand) => {
  const { ranked } = sizeDemand(demand, catalogue, 'buy', 'accelerators');

  it('is what the plan made of it reports, on every system', () => {
    expect(ranked.length).toBeGreaterThan(20);
    for (const answer of ranked) {
      const report = reportOf(planOf(demand, answer));
      const problems = report.findings.filter(({ level }) => level === 'problem');
      expect(problems, answer.systemId).toEqual([]);
      const [service] = report.workloads;
      if (service?.kind !== 'task') throw new Error('The plan has no such service.');
      const { accelerators, slowestSeconds } = taskOf(answer);
      expect(service.acceleratorsNeeded.value).toBe(accelerators);
      expect(slowestSeconds).toBeLessThanOrEqual(demand.targetSeconds);
      expect(accelerators).toBeLessThanOrEqual(answer.accelerators);
      expect(accelerators).toBeGreaterThan(
        answer.accelerators - answer.accelerators / answer.nodes,
      );
    }
  });

  it('names every system once, ranked or refused with a sentence', () => {
    const { ranked: placed, rejected, problem } = sizeDemand(demand, catalogue);
    expect(problem).toBeNull();
    const named = [...placed, ...rejected].map(({ systemId }) => systemId);
    expect(named.toSorted()).toEqual(
      everySystem(catalogue)
        .map(({ id }) => id)
        .toSorted(),
    );
    for (const { reason } of [...placed, ...rejected]) expect(reason).toMatch(/^[A-Z0-9].*\.$/);
  });

  it('takes twice the accelerators, within their last batch, for twice the requests', () => {
    const twice = sizeDemand(
      { ...demand, requestsPerDay: 2 * demand.requestsPerDay },
      catalogue,
      'buy',
      'accelerators',
    ).ranked;
    for (const answer of ranked) {
      const more = twice.find(({ systemId }) => systemId === answer.systemId);
      if (more === undefined || taskOf(more).precision !== taskOf(answer).precision) continue;
      const ratio = taskOf(more).accelerators / taskOf(answer).accelerators;
      expect(ratio, answer.systemId).toBeLessThanOrEqual(2);
      expect(ratio, answer.systemId).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('the number format of a service that answers in one piece', () => {
  it('is 16 bits unless 8 need fewer nodes', () => {
    const nodesIn = (precision: TaskDemand['precision']) =>
      new Map(
        sizeDemand({ ...imageDemand, precision }, catalogue, 'buy', 'accelerators').ranked.map(
          (row) => [row.systemId, row] as const,
        ),
      );
    const [free, wide, narrow] = [nodesIn(null), nodesIn('bf16'), nodesIn('fp8')];
    for (const [systemId, row] of free) {
      if (taskOf(row).precision !== 'fp8') continue;
      expect(row.nodes).toBe(narrow.get(systemId)?.nodes);
      expect(row.nodes).toBeLessThan(wide.get(systemId)?.nodes ?? Infinity);
    }
    const formats = new Set([...free.values()].map((row) => taskOf(row).precision));
    expect(formats).toContain('fp8');
    expect(formats.size).toBeGreaterThan(1);
  });
});

describe('what relaxing saves of a service that answers in one piece', () => {
  it('is what the search finds with twice the time, or in 4 bits', () => {
    // So many, and so soon, that less work is fewer servers.
    const many = { ...imageDemand, requestsPerDay: 4e6, targetSeconds: 3 };
    const before = sizeDemand(many, catalogue, 'buy', 'accelerators');
    const changes: Readonly<Record<string, Partial<TaskDemand>>> = {
      'Time to answer': { targetSeconds: 6 },
      Weights: { precision: 'fp4' },
    };
    expect(before.relaxations.length).toBeGreaterThan(0);
    for (const { target, before: now, after, change } of before.relaxations) {
      const [best] = sizeDemand(
        { ...many, ...changes[target] },
        catalogue,
        'buy',
        'accelerators',
      ).ranked;
      expect(after).toBe(best?.accelerators);
      expect(now).toBe(before.ranked[0]?.accelerators);
      expect(change).toMatch(/^3 → 6 s$|^stored in 4 bits$/);
    }
  });
});

describe('images, texts and a chat on one cluster', () => {
  it('share its accelerators', () => {
    const services = [imageDemand, textDemand, chatDemand];
    const { ranked } = sizeDemand({ kind: 'services', services }, catalogue);
    expect(ranked.length).toBeGreaterThan(3);
    for (const { solution, accelerators, nodes } of ranked) {
      if (solution.kind !== 'services') throw new Error('Three services got one layout.');
      expect(solution.services.map(({ kind }) => kind)).toEqual(['task', 'task', 'inference']);
      const used = solution.services.reduce((sum, part) => sum + partAccelerators(part), 0);
      expect(used).toBeLessThanOrEqual(accelerators);
      expect(used).toBeGreaterThan(accelerators - accelerators / nodes);
    }
  });
});

describe('a demand for images, texts or speech that cannot be met', () => {
  it.each<[string, TaskDemand, RegExp]>([
    ['demand.model', { ...imageDemand, modelId: 'llama-3.1-8b' }, /no model .* for images/],
    ['demand.model', { ...textDemand, modelId: 'whisper-base' }, /no model .* for texts/],
    ['demand.zero', { ...imageDemand, requestsPerDay: 0 }, /^Images per day must be/],
    ['demand.zero', { ...imageDemand, targetSeconds: Number.NaN }, /time to answer must be/],
    ['demand.zero', { ...imageDemand, imageSteps: 0 }, /^Steps of an image must be/],
    ['demand.zero', { ...speechDemand, audioSeconds: -1 }, /length of a recording must be/],
    ['demand.peak', { ...imageDemand, peakToMean: 0.5 }, /peak must be at least the mean/],
    ['demand.context', { ...textDemand, textTokens: 1e5 }, /longer than BGE large/],
    ['demand.target', { ...imageDemand, targetSeconds: 1e-3 }, /finishes one image with FLUX/],
  ])('is %s', (code, demand, title) => {
    const { problem, ranked } = sizeDemand(demand, catalogue);
    expect(problem?.code).toBe(code);
    expect(problem?.title).toMatch(title);
    expect(problem?.advice).toMatch(/^[A-Z].*\.$/);
    expect(ranked).toEqual([]);
  });

  it('can be met once the target is what the problem names', () => {
    const { problem } = sizeDemand({ ...imageDemand, targetSeconds: 1e-3 }, catalogue);
    const bestSeconds = Number(/takes ([\d.]+) s/.exec(problem?.advice ?? '')?.[1]);
    const slower = { ...imageDemand, targetSeconds: 1.1 * bestSeconds };
    expect(sizeDemand(slower, catalogue, 'buy', 'accelerators').ranked.length).toBeGreaterThan(0);
  });

  it('stays finite however much is asked', () => {
    for (const requestsPerDay of [1e-9, 1e12, 1e30, 1e300]) {
      const { ranked, rejected } = sizeDemand(
        { ...imageDemand, requestsPerDay },
        catalogue,
        'buy',
        'accelerators',
      );
      expect(ranked.length + rejected.length).toBe(everySystem(catalogue).length);
      for (const row of ranked) expect(Number.isFinite(row.accelerators)).toBe(true);
    }
  });
});

describe('a part that lacks what a model needs says so', () => {
  it.each([
    [
      'in the memory of one accelerator',
      { ...imageDemand, modelId: 'flux.2-dev', precision: 'fp32' as const },
      /does not fit on one accelerator/,
    ],
    [
      'in time',
      { ...imageDemand, targetSeconds: 2 },
      /^One image takes .* s at best; the target is 2 s\.$/,
    ],
  ])('%s', (_what, demand, reason) => {
    const reasons = sizeDemand(demand, catalogue).rejected.map((row) => row.reason);
    expect(reasons.some((one) => reason.test(one))).toBe(true);
  });
});
