/**
 * Measured serving on CPUs beside what the comparison of processors says of the same job:
 *
 *   node tests/calibration/processors.mjs CASES.json
 *
 * CASES.json holds published measurements in the format of `estimate`; only rows on CPUs are read. Two sockets count as one
 * machine in the benchmark. Lengths of a request are those of the benchmark in the catalogue.
 */
import { readFileSync } from 'node:fs';
import { engineServer } from './engine-server.mjs';

const { load, close } = await engineServer();
const { bundledCatalogue: catalogue } = await load('/src/shared/catalogue/bundled.ts');
const { compareProcessors } = await load('/src/engine/processors/compare-processors.ts');
const { findModel } = await load('/src/engine/catalogue/find.ts');
const { findAccelerator } = await load('/src/engine/catalogue/find-part.ts');

const [path] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(path, 'utf8'));
const rows = cases.filter(
  ({ hardware, serving }) => /xeon|epyc|grace cpu/i.test(hardware.accelerator) && serving,
);
for (const { id, hardware, model: named, serving, measured } of rows) {
  const accelerator = findAccelerator(catalogue, hardware.accelerator);
  const model = findModel(catalogue, named.name);
  const benchmark = model && catalogue.benchmarks.get(model.id);
  if (!accelerator || !benchmark || serving.mode !== 'offline') continue;
  const sockets = Number(/x ?(\d) ?sockets/.exec(hardware.accelerator)?.[1] ?? 1) * hardware.count;
  const answers = 10_000;
  // Answers decoded side by side share one prompt; one of them is kept.
  const beams = benchmark.beams.value;
  const outputTokens = serving.output_len ?? benchmark.outputTokens.value;
  const isWide = /bf16|fp16|fp32/i.test(serving.weights_precision ?? '');
  const [answer] = compareProcessors(
    {
      kind: 'answers',
      modelId: model.id,
      weightPrecision: isWide ? 'bf16' : 'int8',
      keyValuePrecision: 'bf16',
      answers: answers * beams,
      inputTokens: benchmark.inputTokens.value / beams,
      outputTokens,
    },
    [{ acceleratorId: accelerator.id, processors: sockets }],
    catalogue,
  ).answers;
  const rate = (answers * outputTokens) / answer.seconds.value;
  const error = rate / measured.output_tokens_per_s_total - 1;
  console.log(
    `${id}: ${rate.toFixed(0)} tokens/s, measured ${measured.output_tokens_per_s_total.toFixed(0)} (${(100 * error).toFixed(0)} %), ${answer.bound}`,
  );
}
await close();
