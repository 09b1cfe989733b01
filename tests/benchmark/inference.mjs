/**
 * What a steady-state estimate, a simulation and a sizing cost, warm, on one core:
 *
 *   node tests/benchmark/inference.mjs [REPEATS]
 *
 * Exit status 1 when one estimate takes more than 100 µs, a million simulated requests on 100 replicas more than 10 s (from a
 * run of 100,000, in proportion), or sizing a million chat users over all accelerators more than 1 s.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineServer } from '../calibration/engine-server.mjs';

const limits = { estimateMicroseconds: 100, simulateSeconds: 10, sizeSeconds: 1 };
const repeats = Number(process.argv[2] ?? 5000);
const { load, close } = await engineServer();
const { bundledCatalogue: catalogue } = await load('/src/shared/catalogue/bundled.ts');
const processorSeconds = (work) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const { describeDevice } = await load('/src/engine/hardware/device.ts');
const { prepareServing, readServingConstants } = await load('/src/engine/inference/serving.ts');
const { loadReplica } = await load('/src/engine/inference/loaded-replica.ts');
const services = ['llama-3.1-70b', 'deepseek-v3', 'gpt-oss-120b'].map((model) => {
  const device = describeDevice(
    catalogue.accelerators.get('h100-sxm'),
    null,
    catalogue.assumptions,
  );
  return prepareServing(
    {
      device,
      architecture: catalogue.models.get(model).architecture,
      weightPrecision: 'fp8',
      keyValuePrecision: 'fp8',
      tensorParallel: 8,
      pipelineParallel: 1,
    },
    readServingConstants(catalogue.assumptions, 'current', device.family),
  );
});
const shape = { inputTokens: 2000, outputTokens: 500 };
const estimateAll = (times) => {
  for (let index = 0; index < times; index += 1) {
    const serving = services[index % services.length];
    loadReplica(serving, shape, { kind: 'closed loop', users: 1 + (index % 256) });
  }
};
estimateAll(repeats);
const estimate = (processorSeconds(() => estimateAll(repeats)) / repeats) * 1e6;

const folder = 'samples/services';
const { readServiceFile } = await load('/src/cli/service-file.ts');
const { prepareService } = await load('/src/engine/simulation/service-load.ts');
const { runService } = await load('/src/engine/simulation/run-service.ts');
const [name] = readdirSync(folder);
const service = readServiceFile(
  JSON.parse(readFileSync(join(folder, name), 'utf8')),
  catalogue,
).load;
const prepared = prepareService(service, catalogue);
const requests = 100_000;
const simulateOnce = () => runService(service, prepared, { requests, seed: 1 });
simulateOnce();
const simulate = processorSeconds(simulateOnce) * (1e6 / requests);

const { sizeDemand } = await load('/src/engine/sizing/size-demand.ts');
const demand = {
  kind: 'inference',
  modelId: 'llama-3.1-70b',
  concurrentUsers: 1e6,
  requestsPerUserHour: 10,
  inputTokens: 1500,
  outputTokens: 400,
  timeToFirstTokenTargetMs: 2000,
  timePerOutputTokenTargetMs: 60,
  weightPrecision: null,
};
const sizeOnce = () => sizeDemand(demand, catalogue, 'buy');
const found = sizeOnce();
const size = processorSeconds(sizeOnce);

console.log(`estimate: ${estimate.toFixed(1)} µs, limit ${limits.estimateMicroseconds}`);
console.log(
  `simulate: ${simulate.toFixed(1)} s per million requests, limit ${limits.simulateSeconds}`,
);
console.log(
  `size: ${size.toFixed(3)} s, ${found.ranked.length} ranked, limit ${limits.sizeSeconds}`,
);
await close();
const isSlow =
  estimate > limits.estimateMicroseconds ||
  simulate > limits.simulateSeconds ||
  size > limits.sizeSeconds;
process.exit(isSlow ? 1 : 0);
