/**
 * Fits the constants of src/engine/hardware to published kernel timings and prints them with their errors.
 *
 *   node tests/engine/hardware/fit-kernels.mjs FOLDER
 *
 * FOLDER holds gemm/, nccl/ and custom_allreduce/ with one CSV per GPU: operator timings of ai-dynamo/aiconfigurator
 * (Apache-2.0, © NVIDIA Corporation & Affiliates). The tables are not part of this project; what was read off the fits is in
 * resources/catalogue/assumptions-hardware.json. The error on rows left out comes from fitting four fifths of the rows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node tests/engine/hardware/fit-kernels.mjs FOLDER');
  process.exit(2);
}

/** TFLOP/s in 16, 8 and 4 bits, GB/s of memory, GB/s of the scale-up link in one direction; as in the catalogue. */
const parts = {
  a100_sxm: { bf16: 312, memory: 2039, link: 300 },
  h100_sxm: { bf16: 989, fp8: 1979, memory: 3350, link: 450 },
  h200_sxm: { bf16: 989, fp8: 1979, memory: 4800, link: 450 },
  b200_sxm: { bf16: 2250, fp8: 4500, fp4: 9000, memory: 8000, link: 900 },
  gb200: { bf16: 2500, fp8: 5000, fp4: 10000, memory: 8000, link: 900 },
  b300_sxm: { bf16: 2250, fp8: 4500, fp4: 13500, memory: 8000, link: 900 },
  gb300: { bf16: 2500, fp8: 5000, fp4: 15000, memory: 8000, link: 900 },
  l40s: { bf16: 362, fp8: 733, memory: 864 },
  rtx_pro_6000_server: { bf16: 503.8, fp8: 1007.6, fp4: 2000, memory: 1792 },
};
const formats = { bfloat16: ['bf16', 2], fp8: ['fp8', 1], nvfp4: ['fp4', 0.5625] };

function readTable(table, part) {
  const [head, ...lines] = readFileSync(join(folder, table, `${part}.csv`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head.map((name, index) => [name, line[index]])));
}

/** Least absolute logarithmic error by repeated shrinking steps along each logarithmic axis. */
function fit(rows, model, start) {
  const loss = (constants) =>
    rows.reduce((sum, row) => sum + Math.abs(Math.log(model(row, constants) / row.seconds)), 0);
  let best = start;
  let least = loss(best);
  for (let step = 1; step > 0.005; step *= 0.7) {
    for (let round = 0; round < 4; round += 1) {
      for (const name of Object.keys(start)) {
        for (const factor of [Math.exp(step), Math.exp(-step)]) {
          const next = { ...best, [name]: best[name] * factor };
          const value = loss(next);
          if (value < least) [best, least] = [next, value];
        }
      }
    }
  }
  return best;
}

function errors(rows, model, constants) {
  const sorted = rows
    .map((row) => Math.abs(model(row, constants) / row.seconds - 1))
    .sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  return `median ${(100 * at(0.5)).toFixed(1)} %, nine of ten ${(100 * at(0.9)).toFixed(0)} %`;
}

function show(label, rows, model, start) {
  const constants = fit(rows, model, start);
  const held = rows.filter((_, index) => index % 5 === 0);
  const rest = rows.filter((_, index) => index % 5 !== 0);
  const values = Object.entries(constants).map(
    ([name, value]) => `${name} ${value.toPrecision(3)}`,
  );
  console.log(`${label}: ${values.join(', ')}`);
  console.log(`  all ${rows.length} rows: ${errors(rows, model, constants)}`);
  console.log(`  rows left out: ${errors(held, model, fit(rest, model, start))}`);
}

for (const [part, peak] of Object.entries(parts)) {
  const table = readTable('gemm', part);
  for (const [format, [precision, bytes]] of Object.entries(formats)) {
    if (!peak[precision]) continue;
    const rows = table
      .filter((row) => row.gemm_dtype === format)
      .map(({ m, n, k, latency }) => {
        const [rowCount, width, depth] = [Number(m), Number(n), Number(k)];
        return {
          seconds: Number(latency) / 1e3,
          compute: (2 * rowCount * width * depth) / (peak[precision] * 1e12),
          memory: (bytes * depth * (rowCount + width) + 2 * rowCount * width) / (peak.memory * 1e9),
        };
      });
    if (rows.length === 0) continue;
    const model = ({ compute, memory }, { floorMicroseconds, ofPeak, ofMemory }) =>
      floorMicroseconds / 1e6 + Math.hypot(compute / ofPeak, memory / ofMemory);
    show(`gemm ${part} ${precision}`, rows, model, {
      floorMicroseconds: 4,
      ofPeak: 0.7,
      ofMemory: 0.8,
    });
  }
}

for (const [table, bytesPerUnit] of [
  ['nccl', 1],
  ['custom_allreduce', 2],
]) {
  const rows = Object.entries(parts)
    .filter(([, { link }]) => link)
    .flatMap(([part, { link }]) =>
      readTable(table, part)
        .filter((row) => Number(row.num_gpus) > 1 && (row.op_name ?? 'all_reduce') === 'all_reduce')
        .map((row) => {
          const ranks = Number(row.num_gpus);
          const bytes = Number(row.message_size) * bytesPerUnit;
          return {
            seconds: Number(row.latency) / 1e3,
            steps: 2 * (ranks - 1),
            transfer: (2 * (ranks - 1) * bytes) / ranks / (link * 1e9),
          };
        }),
    );
  const model = ({ steps, transfer }, { baseMicroseconds, stepMicroseconds, ofLink, exponent }) =>
    (((baseMicroseconds + steps * stepMicroseconds) / 1e6) ** exponent +
      (transfer / ofLink) ** exponent) **
    (1 / exponent);
  show(`${table} all-reduce, all parts`, rows, model, {
    baseMicroseconds: 8,
    stepMicroseconds: 1,
    ofLink: 0.7,
    exponent: 0.7,
  });
}
