/**
 * What one evaluation of a plan costs, median of many, on plans from every template up to 100,000 accelerators on five sites:
 *
 *   node tests/benchmark/evaluate.mjs [runs]      (exit status 1 where the median of the largest plan is above a frame, 16 ms)
 *
 * The ratio to the smallest template says how cost grows with a plan, and does not change with the machine's load.
 */
import { engineServer } from '../calibration/engine-server.mjs';

const frameMs = 16;
const runs = Number(process.argv[2] ?? 200);

const { load, close } = await engineServer();
const { bundledCatalogue: catalogue } = await load('/src/shared/catalogue/bundled.ts');
const { planTemplates } = await load('/src/shared/catalogue/templates.ts');
const { evaluate } = await load('/src/engine/evaluate.ts');

const template = (id) => planTemplates.find((entry) => entry.id === id).plan;

/** 100,000 accelerators on five sites: on each a cluster of 2,500 nodes of eight, a training run and a service. */
function largePlan() {
  const trains = template('llama-3-405b');
  const serves = template('chat-fleet-h200').workloads[0];
  const sites = Array.from({ length: 5 }, (_, index) => `site-${index + 1}`);
  const nodes = { value: 2_500, origin: 'yours' };
  return {
    ...trains,
    name: '100,000 accelerators on five sites',
    sites: sites.map((id) => ({ ...trains.sites[0], id, name: id })),
    clusters: sites.map((siteId, index) => ({
      ...trains.clusters[0],
      id: `cluster-${index + 1}`,
      name: `Cluster ${index + 1}`,
      siteId,
      nodes,
    })),
    workloads: sites.flatMap((_, index) =>
      [trains.workloads[0], serves].map((workload) => ({
        ...workload,
        id: `${workload.kind}-${index + 1}`,
        clusterId: `cluster-${index + 1}`,
      })),
    ),
  };
}

function medianMs(plan) {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    evaluate(plan, catalogue);
    return performance.now() - started;
  }).toSorted((one, other) => one - other);
  return times[Math.floor(times.length / 2)];
}

const plans = [
  ...planTemplates.map(({ id, plan }) => [id, plan]),
  ['100,000 on 5 sites', largePlan()],
];
for (const [, plan] of plans) {
  medianMs(plan);
}
const measured = plans.map(([name, plan]) => ({ name, ms: medianMs(plan) }));
const smallest = Math.min(...measured.map(({ ms }) => ms));
for (const { name, ms } of measured) {
  console.log(
    `${name.padEnd(24)} ${ms.toFixed(2).padStart(7)} ms  ${(ms / smallest).toFixed(1).padStart(5)} ×`,
  );
}
await close();
process.exit(measured.at(-1).ms > frameMs ? 1 : 0);
