/**
 * Operator timings of ai-dynamo/aiconfigurator (Apache-2.0, © NVIDIA Corporation & Affiliates), which are not part of this
 * project: how their tables are read, what the parts can do by their data sheets, and a fit to them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** TFLOP/s in 16, 8 and 4 bits, GB/s of memory, GB/s of the scale-up link in one direction; as in the catalogue. */
export const parts = {
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

/** Rate and bytes per weight of each format. */
export const formats = {
  bfloat16: ['bf16', 2],
  fp8: ['fp8', 1],
  fp8_block: ['fp8', 1],
  nvfp4: ['fp4', 0.5625],
  w4a8_mxfp4_mxfp8: ['fp4', 0.53],
};

/** The folder of the tables, from the command line; ends the script when there is none. */
export function tableFolder(script) {
  const [folder] = process.argv.slice(2);
  if (folder) return folder;
  console.error(`Usage: node ${script} FOLDER`);
  process.exit(2);
}

/** The rows of one part's table; numbers where a column holds numbers. */
export function readTable(folder, table, part) {
  const [head, ...lines] = readFileSync(join(folder, table, `${part}.csv`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((line) =>
    Object.fromEntries(head.map((name, index) => [name, Number(line[index]) || line[index]])),
  );
}

/** Least absolute logarithmic error, each row at most `most`, by shrinking steps along each logarithmic axis. */
export function fitAxes(rows, model, start, { first, last, shrink, rounds, most = Infinity }) {
  const loss = (at) =>
    rows.reduce(
      (sum, row) => sum + Math.min(most, Math.abs(Math.log(model(row, at) / row.seconds))),
      0,
    );
  let best = start;
  let least = loss(best);
  for (let step = first; step > last; step *= shrink) {
    for (let round = 0; round < rounds; round += 1) {
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

/** Median and 90th percentile of the relative error, in words. */
export function errorText(rows, model, constants) {
  const sorted = rows
    .map((row) => Math.abs(model(row, constants) / row.seconds - 1))
    .sort((one, other) => one - other);
  const at = (share) => (100 * sorted[Math.floor(share * (sorted.length - 1))]).toFixed(1);
  return `median ${at(0.5)} %, nine of ten ${at(0.9)} %`;
}

/** Constants with three digits, in words. */
export function constantsText(constants) {
  return Object.entries(constants)
    .map(([name, value]) => `${name} ${value.toPrecision(3)}`)
    .join(', ');
}
