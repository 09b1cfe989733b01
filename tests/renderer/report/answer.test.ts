import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Plan, Workload } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure } from '@shared/format/value';
import { parsePlanText } from '@shared/plan/parse';
import { answersOf, type Answer } from '../../../src/renderer/report/section/answer';

function template(name: string): Plan {
  const parsed = parsePlanText(readFileSync(`resources/templates/${name}`, 'utf8'), name);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function withWorkloads(plan: Plan, change: (workload: Workload) => Workload): Plan {
  return { ...plan, workloads: plan.workloads.map(change) };
}

/** The first workload's answer with ordinary spaces. */
function answer(plan: Plan): Answer {
  const [first] = answersOf(plan, evaluate(plan, bundledCatalogue), bundledCatalogue, 'en');
  if (first === undefined) throw new Error('The plan has no answer.');
  return { ...first, text: first.text.replaceAll('\u00a0', ' ') };
}

test('a training job is answered with the days and the rent that the report computed', () => {
  const plan = template('llama-3-405b.clusterplan');
  const [result] = evaluate(plan, bundledCatalogue).workloads;
  if (result?.kind !== 'training')
    throw new Error('The template’s first workload is no training job.');
  const days = formatFigure(result.days).text.replaceAll('\u00a0', ' ');
  const rent = formatFigure(result.costUsd).text.replaceAll('\u00a0', ' ');
  expect(answer(plan).text).toBe(
    `Training Llama 3.1 405B on 15.6 trillion tokens takes ${days} and costs ${rent} in accelerator time.`,
  );
});

test('a training job that does not divide is not answered as if it did', () => {
  const plan = withWorkloads(template('llama-3-405b.clusterplan'), (workload) =>
    workload.kind === 'training'
      ? { ...workload, layout: { ...workload.layout, tensorParallel: 7 } }
      : workload,
  );
  const { isFeasible, text } = answer(plan);
  expect(isFeasible).toBe(false);
  expect(text).toMatch(/cannot (run as planned|be estimated)/);
});

test('a service that is too large for its cluster says how many users the cluster serves', () => {
  const plan = withWorkloads(template('chat-fleet-h200.clusterplan'), (workload) =>
    workload.kind === 'inference'
      ? { ...workload, concurrentUsers: { value: 2_000_000, origin: 'yours' } }
      : workload,
  );
  const { isFeasible, text } = answer(plan);
  expect(isFeasible).toBe(false);
  expect(text).toMatch(
    /^Serving Llama 3\.1 70B to 2,000,000 users at once needs [\d,]+ accelerators/,
  );
  expect(text).toMatch(/Those planned serve [\d,]+ users\.$/);
});

test('what several services come to is said once, behind their names', () => {
  const bought = template('three-sites.clusterplan');
  // Owned, every site has an electricity price of its own; rented, Iowa and Sweden cost the same.
  const plan = { ...bought, costs: { ...bought.costs, acquisition: 'rent' as const } };
  const texts = answersOf(plan, evaluate(plan, bundledCatalogue), bundledCatalogue, 'en').map(
    ({ text }) => text.replaceAll('\u00a0', ' '),
  );
  expect(texts).toHaveLength(3);
  expect(texts[2]).toMatch(
    /^Chat from Iowa and Chat from Sweden, each: Serving Llama 3\.1 70B to 10,000 users at once needs/,
  );
});

test('of many services with one answer three are named', () => {
  const plan = template('chat-fleet-h200.clusterplan');
  const services = plan.workloads.filter(({ kind }) => kind === 'inference').slice(0, 1);
  const copies = services.flatMap((service) =>
    ['A', 'B', 'C', 'D', 'E'].map((name) => ({ ...service, id: `copy-${name}`, name })),
  );
  expect(answer({ ...plan, workloads: copies }).text).toMatch(
    /^A, B, C, and 2 more, each: Serving/,
  );
});
