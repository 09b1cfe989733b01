/**
 * A million requests on the 100-replica chat fleet of samples/services, on one core:
 *
 *   node tests/benchmark/simulate.mjs        (exit status 1 above 10 seconds of processor time)
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineServer } from '../calibration/engine-server.mjs';

const folder = 'samples/services';
const { load, close } = await engineServer();
const { bundledCatalogue } = await load('/src/shared/catalogue/bundled.ts');
const { readServiceFile } = await load('/src/cli/service-file.ts');
const { prepareService } = await load('/src/engine/simulation/service-load.ts');
const { runService } = await load('/src/engine/simulation/run-service.ts');

const [name] = readdirSync(folder);
const file = JSON.parse(readFileSync(join(folder, name), 'utf8'));
const service = readServiceFile(file, bundledCatalogue).load;
const prepared = prepareService(service, bundledCatalogue);
const processor = process.cpuUsage();
const started = performance.now();
const { summary } = runService(service, prepared, { requests: 1_000_000, seed: 1 });
const wall = (performance.now() - started) / 1e3;
const { user, system } = process.cpuUsage(processor);
const seconds = (user + system) / 1e6;
console.log(
  `${name}: ${summary.finished} requests, ${summary.events} events on ${service.replicas} replicas: ${seconds.toFixed(2)} s of processor time, ${wall.toFixed(2)} s on the clock`,
);
console.log(
  `  time to first token p99 ${(summary.timeToFirstToken.p99 * 1e3).toFixed(0)} ms, per output token p99 ${(summary.timePerOutputToken.p99 * 1e3).toFixed(1)} ms, utilisation ${summary.utilisation.toFixed(3)}`,
);
await close();
process.exit(seconds > 10 ? 1 : 0);
