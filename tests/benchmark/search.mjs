/**
 * Layouts evaluated per second on one core, without pruning, and the time and heap of the pruned search:
 *
 *   node tests/benchmark/search.mjs        (exit status 1 below 100,000 layouts per second or above 100 MB of heap)
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';

const folder = 'samples/search';
const server = await createServer({
  configFile: 'vite.cli.config.ts',
  server: { middlewareMode: true },
  logLevel: 'error',
});
const { bundledCatalogue } = await server.ssrLoadModule('/src/shared/catalogue/bundled.ts');
const { searchLayouts } = await server.ssrLoadModule('/src/engine/search/search-layouts.ts');
const { trainingQuestion } = await server.ssrLoadModule('/src/cli/estimate/training-question.ts');
const { caseArchitecture } = await server.ssrLoadModule('/src/cli/estimate/case-model.ts');
const { caseMachine } = await server.ssrLoadModule('/src/cli/estimate/case-hardware.ts');
const { readTrainingConstants } = await server.ssrLoadModule('/src/engine/training/constants.ts');
const { stepTime } = await server.ssrLoadModule('/src/engine/training/step-time.ts');

const constants = readTrainingConstants(bundledCatalogue.assumptions);
const ignore = () => undefined;
let isSlow = false;
for (const name of readdirSync(folder)) {
  const request = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const machine = caseMachine(request.hardware, bundledCatalogue, ignore);
  const architecture = caseArchitecture(request.model, bundledCatalogue, ignore);
  const question = trainingQuestion(request.training, architecture, machine, ignore);
  const run = (prunes) => {
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    let firstMs = null;
    const found = searchLayouts(question, machine.device, constants, {
      prunes,
      onProgress: () => {
        firstMs ??= performance.now() - started;
        return true;
      },
    });
    return {
      found,
      firstMs,
      ms: performance.now() - started,
      heapMb: (process.memoryUsage().heapUsed - before) / 1e6,
    };
  };
  run(true);
  const all = run(false);
  const pruned = run(true);
  const rate = all.found.evaluated / (all.ms / 1000);
  const [best] = all.found.best;
  const job = { ...question, layout: best.layout, dataParallel: best.dataParallel };
  const started = performance.now();
  for (let i = 0; i < 10_000; i += 1) stepTime(job, machine.device, constants);
  const perStep = (performance.now() - started) / 10;
  console.log(
    `${name}: ${all.found.evaluated} layouts in ${all.ms.toFixed(0)} ms, ${Math.round(rate)} per second and core, heap +${all.heapMb.toFixed(1)} MB`,
  );
  console.log(
    `  first progress after ${all.firstMs?.toFixed(0) ?? '–'} ms; pruned: ${pruned.found.evaluated} evaluated, ${pruned.found.pruned} proven slower, ${pruned.ms.toFixed(0)} ms; one evaluation warm ${perStep.toFixed(1)} µs`,
  );
  console.log(
    `  same best: ${pruned.found.best[0].stepSeconds === best.stepSeconds}; ${JSON.stringify(best)}`,
  );
  isSlow ||= rate < 100_000 || all.heapMb > 100;
}
await server.close();
process.exit(isSlow ? 1 : 0);
