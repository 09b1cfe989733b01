/**
 * Layouts evaluated per second on one core, without pruning, and the time and heap of the pruned search:
 *
 *   node tests/benchmark/search.mjs        (exit status 1 below 100,000 layouts per second or
 *                                          180,000 layouts, above 100 MB of heap or 2 s, or where
 *                                          pruning changes the ranking)
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineServer } from '../calibration/engine-server.mjs';

const folder = 'samples/search';
const { load, close } = await engineServer();
const { bundledCatalogue } = await load('/src/shared/catalogue/bundled.ts');
const { searchSteps } = await load('/src/engine/search/search-layouts.ts');
const { trainingQuestion } = await load('/src/cli/estimate/training-question.ts');
const { caseArchitecture } = await load('/src/cli/estimate/case-model.ts');
const { caseMachine } = await load('/src/cli/estimate/case-hardware.ts');
const { readTrainingConstants } = await load('/src/engine/training/constants.ts');
const { stepTime } = await load('/src/engine/training/step-time.ts');

const constants = readTrainingConstants(bundledCatalogue.assumptions);
const ignore = () => undefined;

/** A search from a fresh heap: its answer, when the first ranked layouts were there, how long it took, how far the heap grew. */
function run(question, device, prunes) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  let firstMs = null;
  const started = performance.now();
  const steps = searchSteps({ question, device, constants, options: { prunes } });
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    if (step.value === null) continue;
    if (firstMs === null && step.value().best.length > 0) firstMs = performance.now() - started;
    most = Math.max(most, process.memoryUsage().heapUsed);
  }
  return {
    found: step.value,
    firstMs,
    ms: performance.now() - started,
    heapMb: (most - before) / 1e6,
  };
}

let isSlow = false;
for (const name of readdirSync(folder)) {
  const request = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const { device } = caseMachine(request.hardware, bundledCatalogue, ignore);
  const machine = caseMachine(request.hardware, bundledCatalogue, ignore);
  const architecture = caseArchitecture(request.model, bundledCatalogue, ignore);
  const question = trainingQuestion(request.training, architecture, machine, ignore);
  const cold = run(question, device, true);
  const all = run(question, device, false);
  const pruned = run(question, device, true);
  const rate = all.found.evaluated / (all.ms / 1000);
  const [best] = all.found.best;
  const job = { ...question, layout: best.layout, dataParallel: best.dataParallel };
  const started = performance.now();
  for (let i = 0; i < 10_000; i += 1) stepTime(job, device, constants);
  const perStep = (performance.now() - started) / 10;
  const isSame = JSON.stringify(pruned.found.best) === JSON.stringify(all.found.best);
  console.log(
    [
      name,
      `  every layout: ${all.found.evaluated} in ${all.ms.toFixed(0)} ms = ${Math.round(rate)} per second and core, heap +${all.heapMb.toFixed(1)} MB`,
      `  pruned: ${pruned.found.evaluated} evaluated, ${pruned.found.pruned} proven worse, ${pruned.ms.toFixed(0)} ms, heap +${pruned.heapMb.toFixed(1)} MB, same ranking: ${isSame}`,
      `  first ranked layouts: cold ${cold.firstMs?.toFixed(0)} ms (whole search ${cold.ms.toFixed(0)} ms), warm ${pruned.firstMs?.toFixed(0)} ms; one step time warm ${perStep.toFixed(1)} µs`,
    ].join('\n'),
  );
  isSlow ||=
    rate < 100_000 ||
    all.found.evaluated < 180_000 ||
    all.heapMb > 100 ||
    pruned.ms > 2000 ||
    !isSame;
}
await close();
process.exit(isSlow ? 1 : 0);
