/**
 * Fits the serving constants that single kernels show (floors, streaming, attention, experts) and prints them with the errors
 * on the rows left out of the fit.
 *
 *   node tests/calibration/fit-serving-kernels.mjs FOLDER
 *
 * FOLDER holds gemm/, context_attention/, generation_attention/, generation_mla/ and moe/ with one CSV per GPU: operator
 * timings of ai-dynamo/aiconfigurator (Apache-2.0, © NVIDIA Corporation & Affiliates). The tables are not part of this
 * project; what was read off the fits, one value for all parts where they agree, is in
 * resources/catalogue/assumptions-serving.json.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node tests/calibration/fit-serving-kernels.mjs FOLDER');
  process.exit(2);
}

/** TFLOP/s in 16, 8 and 4 bits and GB/s of memory, as in the catalogue. */
const families = {
  ampere: { a100_sxm: [312, 0, 0, 2039] },
  hopper: { h100_sxm: [989, 1979, 0, 3350], h200_sxm: [989, 1979, 0, 4800] },
  blackwell: {
    b200_sxm: [2250, 4500, 9000, 8000],
    gb200: [2500, 5000, 10000, 8000],
    b300_sxm: [2250, 4500, 13500, 8000],
    gb300: [2500, 5000, 15000, 8000],
  },
  ada: { l40s: [362, 733, 0, 864] },
  'blackwell-client': { rtx_pro_6000_server: [503.8, 1007.6, 2000, 1792] },
};
/** Column of the rate and bytes per weight of each format. */
const formats = {
  bfloat16: [0, 2],
  fp8: [1, 1],
  fp8_block: [1, 1],
  nvfp4: [2, 0.5625],
  w4a8_mxfp4_mxfp8: [2, 0.53],
};

function readTable(table, part) {
  const [head, ...lines] = readFileSync(join(folder, table, `${part}.csv`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((line) =>
    Object.fromEntries(head.map((name, index) => [name, Number(line[index]) || line[index]])),
  );
}

/** Least absolute logarithmic error, each row at most 1, by shrinking steps along each logarithmic axis. */
function fit(rows, model, start) {
  const loss = (at) =>
    rows.reduce((sum, row) => sum + Math.min(1, Math.abs(Math.log(model(row, at) / row.t))), 0);
  let best = start;
  let least = loss(best);
  for (let step = 0.5; step > 0.02; step *= 0.6) {
    for (let round = 0; round < 3; round += 1) {
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

function show(label, rows, model, start) {
  if (rows.length < 50) return;
  const constants = fit(
    rows.filter((_, index) => index % 2 === 0),
    model,
    start,
  );
  const errors = rows
    .filter((_, index) => index % 2 === 1)
    .map((row) => Math.abs(model(row, constants) / row.t - 1))
    .sort((one, other) => one - other);
  const at = (share) => (100 * errors[Math.floor(share * (errors.length - 1))]).toFixed(0);
  const values = Object.entries(constants).map(([key, value]) => `${key} ${value.toPrecision(3)}`);
  console.log(`${label}, ${rows.length} rows: ${values.join(', ')}`);
  console.log(`  rows left out: median ${at(0.5)} %, nine of ten ${at(0.9)} %`);
}

/** Every row of a table for a family, turned into the times that a perfect machine would need. */
function rowsOf(table, parts, read) {
  return Object.entries(parts).flatMap(([part, figures]) =>
    readTable(table, part).flatMap((row) => {
      const made = read(row, figures);
      return made === null ? [] : [{ ...made, t: row.latency / 1e3 }];
    }),
  );
}

function product({ gemm_dtype: format, m, n, k }, figures, wanted) {
  if (format !== wanted) return null;
  const [column, width] = formats[format];
  if (!figures[column]) return null;
  return {
    compute: (2 * m * n * k) / (figures[column] * 1e12),
    memory: (width * k * (m + n) + 2 * m * n) / (figures[3] * 1e9),
  };
}

function experts(row, figures, wanted) {
  if (row.moe_dtype !== wanted) return null;
  const [column, width] = formats[wanted];
  if (!figures[column]) return null;
  const { num_tokens: tokens, topk, num_experts: all, moe_ep_size: spread, hidden_size: h } = row;
  const ffn = row.inter_size / row.moe_tp_size;
  const touched = Math.max(1, (all * (1 - (1 - topk / all) ** tokens)) / spread);
  const rows = (tokens * topk) / spread;
  return {
    compute: (6 * rows * h * ffn) / (figures[column] * 1e12),
    memory: (3 * touched * h * ffn * width) / (figures[3] * 1e9),
    traffic: (2 * rows * h) / (figures[3] * 1e9),
    spread: 1 - 1 / spread,
  };
}

const cacheBytes = ({ kv_cache_dtype: format }) => (/fp8/.test(format) ? 1 : 2);

function promptAttention(row, figures) {
  const { isl, batch_size: n, num_heads: heads, num_key_value_heads: kept, head_dim: d } = row;
  if (row.window_size > 0 || row.step > 0) return null;
  return {
    compute: (2 * n * heads * d * isl ** 2) / (figures[0] * 1e12),
    memory: (2 * n * isl * d * 2 * (heads + kept)) / (figures[3] * 1e9),
  };
}

function decodeAttention(row, figures) {
  const { batch_size: n, num_key_value_heads: kept, head_dim: d } = row;
  if (row.window_size > 0 || row.num_heads / kept > 16) return null;
  return { memory: (2 * n * (row.step + 1) * kept * d * cacheBytes(row)) / (figures[3] * 1e9) };
}

function latentAttention(row, figures) {
  const tokens = row.batch_size * (row.step + 1);
  return {
    memory: (tokens * 576 * cacheBytes(row)) / (figures[3] * 1e9),
    compute: (2 * tokens * row.num_heads * 1088) / (figures[0] * 1e12),
  };
}

const roofline = ({ compute, memory }, { floor, ofPeak, ofMemory }) =>
  floor / 1e6 + Math.hypot(compute / ofPeak, memory / ofMemory);

for (const [family, parts] of Object.entries(families)) {
  for (const format of Object.keys(formats)) {
    const products = rowsOf('gemm', parts, (row, figures) => product(row, figures, format));
    show(`product ${family} ${format}`, products, roofline, {
      floor: 4,
      ofPeak: 0.6,
      ofMemory: 0.8,
    });
    const blocks = rowsOf('moe', parts, (row, figures) => experts(row, figures, format));
    const grouped = (row, { floor, ofPeak, ofMemory, imbalance, moved }) => {
      const busiest = 1 + (imbalance - 1) * row.spread;
      return roofline(
        { compute: row.compute * busiest, memory: row.memory + moved * busiest * row.traffic },
        { floor, ofPeak, ofMemory },
      );
    };
    const start = { floor: 25, ofPeak: 0.5, ofMemory: 0.8, imbalance: 1.5, moved: 8 };
    show(`experts ${family} ${format}`, blocks, grouped, start);
  }
  const added = ({ compute, memory }, { floor, ofPeak, ofMemory }) =>
    floor / 1e6 + compute / ofPeak + memory / ofMemory;
  const half = { floor: 10, ofPeak: 0.5, ofMemory: 0.5 };
  show(
    `prompt attention ${family}`,
    rowsOf('context_attention', parts, promptAttention),
    added,
    half,
  );
  const reading = ({ memory }, { floor, ofMemory }) => floor / 1e6 + memory / ofMemory;
  const cache = { floor: 10, ofMemory: 0.8 };
  show(
    `decode attention ${family}`,
    rowsOf('generation_attention', parts, decodeAttention),
    reading,
    cache,
  );
  show(
    `latent attention ${family}`,
    rowsOf('generation_mla', parts, latentAttention),
    roofline,
    half,
  );
}
