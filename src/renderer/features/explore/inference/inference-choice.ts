import { meanLoadKey, peakRequestsPerUserHour, requestKeys } from '@engine/users/demand';
import type { ServingBenchmark } from '@engine/catalogue/types';
import type { InferenceWorkload, Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { emptyPlan, newCluster, newInference } from '../../../document/new-parts';
import { createChoice } from '../choice';
import type { ChoiceRange } from '../choice-range';

/** What people ask a service for. */
export type ServiceKind = 'prompts' | 'assistants' | 'images';

export interface InferenceChoice {
  readonly kind: ServiceKind;
  readonly users: number;
  readonly sites: number;
}

export const servingSystemId = 'dgx-h200';
export const imageModelId = 'sdxl';

interface TextService {
  readonly modelId: string;
  /** the benchmark whose lengths and time limits stand for the service */
  readonly benchmark: ServingBenchmark | undefined;
}

/** Short questions to a chat model; an assistant that reasons at length before it answers. */
export const textServices: Readonly<Record<'prompts' | 'assistants', TextService>> = {
  prompts: {
    modelId: 'llama-3.1-70b',
    benchmark: bundledCatalogue.benchmarks.get('llama-2-70b'),
  },
  assistants: {
    modelId: 'deepseek-r1',
    benchmark: bundledCatalogue.benchmarks.get('deepseek-r1'),
  },
};

/** One user to a billion: 1, 2 and 5 in each power of ten. */
export const userSteps: readonly number[] = [
  ...Array.from({ length: 9 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat(),
  1e9,
];

export const usersRange: ChoiceRange = {
  label: 'Users',
  steps: userSteps,
  unit: 'users',
  text: (value, locale) => formatValue(value, '', locale),
  isWhole: true,
  maximum: 1e10,
};

export const sitesRange: ChoiceRange = {
  label: 'Datacentres',
  steps: [1, 2, 3, 4, 5, 6],
  unit: 'count',
  text: (value, locale) => formatValue(value, '', locale),
  isWhole: true,
};

export const inferenceChoice = createChoice<InferenceChoice>({
  kind: 'prompts',
  users: 1_000_000,
  sites: 3,
});

export const loadFactKeys: readonly string[] = [...Object.values(requestKeys), meanLoadKey];

/** A service for so many users on a cluster of the plan, with the load of the benchmark and of the catalogue. */
function serviceFor(
  plan: Plan,
  clusterIndex: number,
  kind: 'prompts' | 'assistants',
  users: number,
) {
  const { modelId, benchmark } = textServices[kind];
  const cluster = plan.clusters[clusterIndex];
  if (cluster === undefined) throw new Error('The plan has no such cluster.');
  const service = newInference(plan, cluster, modelId);
  const limits = benchmark?.interactive ?? benchmark?.server;
  const own = (value: number) => ({ value, origin: 'yours' }) as const;
  return {
    ...service,
    ...(benchmark === undefined
      ? {}
      : {
          inputTokens: own(benchmark.inputTokens.value),
          outputTokens: own(benchmark.outputTokens.value),
        }),
    ...(limits
      ? {
          timeToFirstTokenTargetMs: own(limits.timeToFirstToken.value),
          timePerOutputTokenTargetMs: own(limits.timePerOutputToken.value),
        }
      : {}),
    concurrentUsers: own(users),
    requestsPerUserHour: own(peakRequestsPerUserHour(bundledCatalogue.assumptions, 'message')),
  } satisfies InferenceWorkload;
}

/** Datacentres on several continents, in the order in which they are added. */
const regionIds = ['us-va', 'deu', 'sgp', 'bra', 'ind', 'aus'];

/** A service of the given kind on so many nodes in each datacentre, with an equal part of the users on each. */
export function servicePlan(choice: InferenceChoice, nodesPerSite: number): Plan {
  const { kind, users, sites } = choice;
  const count = users.toLocaleString('en');
  const text = kind === 'images' ? 'prompts' : kind;
  const base = emptyPlan(`${count} users of a service`, null);
  const notes =
    kind === 'images'
      ? 'The clusters are sized for an image generator. A plan has no workload of that kind, so that only they, their power and their cost are computed.'
      : '';
  let plan: Plan = { ...base, notes, sites: [] };
  for (let site = 0; site < sites; site += 1) {
    const one = emptyPlan('', regionIds[site] ?? null).sites[0];
    if (one === undefined) break;
    const id = `site-${site + 1}`;
    plan = { ...plan, sites: [...plan.sites, { ...one, id }] };
    plan = {
      ...plan,
      clusters: [...plan.clusters, newCluster(plan, id, servingSystemId, nodesPerSite)],
    };
    if (kind !== 'images') {
      plan = {
        ...plan,
        workloads: [...plan.workloads, serviceFor(plan, site, text, users / sites)],
      };
    }
  }
  return plan;
}
