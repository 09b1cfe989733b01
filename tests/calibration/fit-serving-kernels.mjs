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
import {
  constantsText,
  errorText,
  fitAxes,
  formats,
  parts as figuresOf,
  readTable,
  tableFolder,
} from './kernel-tables.mjs';

const folder = tableFolder('tests/calibration/fit-serving-kernels.mjs');

const families = {
  ampere: ['a100_sxm'],
  hopper: ['h100_sxm', 'h200_sxm'],
  blackwell: ['b200_sxm', 'gb200', 'b300_sxm', 'gb300'],
  ada: ['l40s'],
  'blackwell-client': ['rtx_pro_6000_server'],
};
const search = { first: 0.5, last: 0.02, shrink: 0.6, rounds: 3, most: 1 };

function show(label, rows, model, start) {
  if (rows.length < 50) return;
  const [used, held] = [0, 1].map((half) => rows.filter((_, index) => index % 2 === half));
  const constants = fitAxes(used, model, start, search);
  console.log(`${label}, ${rows.length} rows: ${constantsText(constants)}`);
  console.log(`  rows left out: ${errorText(held, model, constants)}`);
}

/** Every row of a table for a family, turned into the times that a perfect machine would need. */
function rowsOf(table, parts, read) {
  return parts.flatMap((part) =>
    readTable(folder, table, part).flatMap((row) => {
      const made = read(row, figuresOf[part]);
      return made === null ? [] : [{ ...made, seconds: row.latency / 1e3 }];
    }),
  );
}

function product({ gemm_dtype: format, m, n, k }, figures, wanted) {
  if (format !== wanted) return null;
  const [rate, width] = formats[format];
  if (!figures[rate]) return null;
  return {
    compute: (2 * m * n * k) / (figures[rate] * 1e12),
    memory: (width * k * (m + n) + 2 * m * n) / (figures.memory * 1e9),
  };
}

function experts(row, figures, wanted) {
  if (row.moe_dtype !== wanted) return null;
  const [rate, width] = formats[wanted];
  if (!figures[rate]) return null;
  const { num_tokens: tokens, topk, num_experts: all, moe_ep_size: spread, hidden_size: h } = row;
  const ffn = row.inter_size / row.moe_tp_size;
  const touched = Math.max(1, (all * (1 - (1 - topk / all) ** tokens)) / spread);
  const rows = (tokens * topk) / spread;
  return {
    compute: (6 * rows * h * ffn) / (figures[rate] * 1e12),
    memory: (3 * touched * h * ffn * width) / (figures.memory * 1e9),
    traffic: (2 * rows * h) / (figures.memory * 1e9),
    spread: 1 - 1 / spread,
  };
}

const cacheBytes = ({ kv_cache_dtype: format }) => (/fp8/.test(format) ? 1 : 2);

function promptAttention(row, figures) {
  const { isl, batch_size: n, num_heads: heads, num_key_value_heads: kept, head_dim: d } = row;
  if (row.window_size > 0 || row.step > 0) return null;
  return {
    compute: (2 * n * heads * d * isl ** 2) / (figures.bf16 * 1e12),
    memory: (2 * n * isl * d * 2 * (heads + kept)) / (figures.memory * 1e9),
  };
}

function decodeAttention(row, figures) {
  const { batch_size: n, num_key_value_heads: kept, head_dim: d } = row;
  if (row.window_size > 0 || row.num_heads / kept > 16) return null;
  return { memory: (2 * n * (row.step + 1) * kept * d * cacheBytes(row)) / (figures.memory * 1e9) };
}

function latentAttention(row, figures) {
  const tokens = row.batch_size * (row.step + 1);
  return {
    memory: (tokens * 576 * cacheBytes(row)) / (figures.memory * 1e9),
    compute: (2 * tokens * row.num_heads * 1088) / (figures.bf16 * 1e12),
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
