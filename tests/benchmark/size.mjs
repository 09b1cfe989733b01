/**
 * "I know my demand" for a million chat users over every accelerator of the catalogue, on one core:
 *
 *   node tests/benchmark/size.mjs        (exit status 1 where the first answer takes more than 1 s of processor time)
 */
import { engineServer } from '../calibration/engine-server.mjs';

const { load, close } = await engineServer();
const { bundledCatalogue } = await load('/src/shared/catalogue/bundled.ts');
const { sizeDemand } = await load('/src/engine/sizing/size-demand.ts');

const chat = {
  kind: 'inference',
  modelId: 'llama-3.1-70b',
  concurrentUsers: 1_000_000,
  requestsPerUserHour: 10,
  inputTokens: 1500,
  outputTokens: 400,
  timeToFirstTokenTargetMs: 2000,
  timePerOutputTokenTargetMs: 60,
  weightPrecision: null,
};
let slowest = 0;
for (const modelId of ['llama-3.1-70b', 'deepseek-v3', 'gpt-oss-120b', 'llama-3.1-8b']) {
  const before = process.cpuUsage();
  const { ranked, rejected } = sizeDemand({ ...chat, modelId }, bundledCatalogue);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  slowest = Math.max(slowest, seconds);
  const [best] = ranked;
  console.log(
    `${modelId}: ${ranked.length} ranked, ${rejected.length} rejected in ${(seconds * 1e3).toFixed(0)} ms; ${best?.accelerators} accelerators of ${best?.systemName}, ${best?.usdPerHour.toFixed(0)} USD/h`,
  );
}
await close();
process.exit(slowest > 1 ? 1 : 0);
