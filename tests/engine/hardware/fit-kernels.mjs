/**
 * Fits the constants of src/engine/hardware to published kernel timings and prints them with their errors.
 *
 *   node tests/engine/hardware/fit-kernels.mjs FOLDER
 *
 * FOLDER holds gemm/, nccl/ and custom_allreduce/ with one CSV per GPU: operator timings of ai-dynamo/aiconfigurator
 * (Apache-2.0, © NVIDIA Corporation & Affiliates). The tables are not part of this project; what was read off the fits is in
 * resources/catalogue/assumptions-hardware.json. The error on rows left out comes from fitting four fifths of the rows.
 */
import {
  constantsText,
  errorText,
  fitAxes,
  formats as allFormats,
  parts,
  readTable,
  tableFolder,
} from '../../calibration/kernel-tables.mjs';

const folder = tableFolder('tests/engine/hardware/fit-kernels.mjs');
const { bfloat16, fp8, nvfp4 } = allFormats;
const formats = { bfloat16, fp8, nvfp4 };
const search = { first: 1, last: 0.005, shrink: 0.7, rounds: 4 };
const fit = (rows, model, start) => fitAxes(rows, model, start, search);

function show(label, rows, model, start) {
  const constants = fit(rows, model, start);
  const held = rows.filter((_, index) => index % 5 === 0);
  const rest = rows.filter((_, index) => index % 5 !== 0);
  console.log(`${label}: ${constantsText(constants)}`);
  console.log(`  all ${rows.length} rows: ${errorText(rows, model, constants)}`);
  console.log(`  rows left out: ${errorText(held, model, fit(rest, model, start))}`);
}

for (const [part, peak] of Object.entries(parts)) {
  const table = readTable(folder, 'gemm', part);
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
      readTable(folder, table, part)
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
