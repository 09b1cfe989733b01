/**
 * The simulation beside measured curves of a server under open-loop load:
 *
 *   node tests/calibration/simulate.mjs CASES.json
 *
 * CASES.json holds published measurements in the format of `estimate`; read are the rows whose id begins with trtllm014-online:
 * 500 requests of their mean lengths at a stated rate (or all at once), means of the time to first token and between tokens.
 */
import { readFileSync } from 'node:fs';
import { engineServer } from './engine-server.mjs';

const { load, close } = await engineServer();
const { bundledCatalogue } = await load('/src/shared/catalogue/bundled.ts');
const { readServiceFile } = await load('/src/cli/service-file.ts');
const { prepareService } = await load('/src/engine/simulation/service-load.ts');
const { runService } = await load('/src/engine/simulation/run-service.ts');

const requests = 500;
const [path] = process.argv.slice(2);
const rows = JSON.parse(readFileSync(path, 'utf8')).filter(({ id }) =>
  id.startsWith('trtllm014-online-'),
);
const errors = { throughput: [], ttft: [], tpot: [] };
const isRound = (tokens) => tokens % 8 === 0 || tokens % 10 === 0;
const note = (name, value, measured) => {
  const error = value / measured - 1;
  errors[name].push(Math.abs(error));
  return `${value.toFixed(name === 'throughput' ? 0 : 1)} (${measured}, ${(100 * error).toFixed(0)} %)`;
};
for (const { id, model, hardware, serving, measured } of rows) {
  const rate = /([\d.]+|INF) req/.exec(serving.batch_or_concurrency)[1];
  const service = readServiceFile(
    {
      model: model.name,
      accelerator: hardware.accelerator,
      software: serving.engine,
      tensorParallel: serving.tp,
      weightPrecision: serving.weights_precision.toLowerCase(),
      keyValuePrecision: serving.kv_precision.toLowerCase(),
      replicas: 1,
      requestsPerSecond: rate === 'INF' ? 1e6 : Number(rate),
      policy: 'chunked prefill',
      input: { kind: 'fixed', tokens: serving.input_len },
      // Round lengths are asked for; any other is the mean of answers that ended by themselves.
      output: isRound(serving.output_len)
        ? { kind: 'fixed', tokens: serving.output_len }
        : { kind: 'lognormal', mean: serving.output_len, variation: 0.8 },
    },
    bundledCatalogue,
  ).load;
  const prepared = prepareService(service, bundledCatalogue);
  if (!prepared.isReady) {
    console.log(`${id}: ${prepared.problem}`);
    continue;
  }
  const { summary } = runService(service, prepared, { requests, seed: 1 });
  const texts = [
    `tokens/s ${note('throughput', summary.outputTokensPerSecond, measured.output_tokens_per_s_total)}`,
    `first token ms ${note('ttft', summary.timeToFirstToken.mean * 1e3, measured.ttft_ms)}`,
    `per token ms ${note('tpot', summary.timePerOutputToken.mean * 1e3, measured.tpot_ms)}`,
  ];
  console.log(`${id.replace('trtllm014-online-', '')}: ${texts.join(', ')}`);
}
for (const [name, found] of Object.entries(errors)) {
  const sorted = found.toSorted((one, other) => one - other);
  const at = (share) => (100 * sorted[Math.floor(share * (sorted.length - 1))]).toFixed(0);
  console.log(
    `${name}: median error ${at(0.5)} %, 90th percentile ${at(0.9)} % on ${sorted.length} rows`,
  );
}
await close();
