import type { Architecture, LatentAttention, PooledCache } from '../catalogue/types';
import { layerKinds } from './layer-kinds';
import { expertWidth, feedForwardMatrices, sharedWidth } from './parameters';
import { recurrentSize } from './recurrent-mixer';

/** Matrices of one shape in the layers of a model. */
export interface LayerMatrices {
  readonly rows: number;
  readonly columns: number;
  /** how many there are in all layers together; of a stack of experts one each */
  readonly count: number;
  /** of the routed experts, which expert parallelism divides */
  readonly isExpert: boolean;
}

function mixing(architecture: Architecture): [rows: number, columns: number, count: number][] {
  const { hidden, heads, keyValueHeads, headDim, latentAttention } = architecture;
  if (!latentAttention) {
    const outward = heads * headDim;
    return [
      [hidden, outward, architecture.hasAttentionGate ? 3 : 2],
      [hidden, keyValueHeads * headDim, 2],
    ];
  }
  const { queryRank, keyValueRank, noPositionHeadDim, rotaryHeadDim, valueHeadDim } =
    latentAttention;
  const queries = heads * (noPositionHeadDim + rotaryHeadDim);
  const { pooled } = latentAttention;
  if (pooled && queryRank !== null)
    return pooledMixing(architecture, latentAttention, pooled, queryRank);
  return [
    ...(queryRank === null
      ? ([[hidden, queries, 1]] as [number, number, number][])
      : ([
          [hidden, queryRank, 1],
          [queryRank, queries, 1],
        ] as [number, number, number][])),
    [hidden, keyValueRank + rotaryHeadDim, 1],
    [keyValueRank, heads * (noPositionHeadDim + valueHeadDim), 1],
    [heads * valueHeadDim, hidden, 1],
  ];
}

/** Matrices of attention over a pooled latent cache, see pooledParameters; those of some layers count as a part of one in each. */
function pooledMixing(
  { hidden, heads, layers }: Architecture,
  { keyValueRank, rotaryHeadDim, sparse }: LatentAttention,
  { fine, coarse, outputGroups, outputRank }: PooledCache,
  queryRank: number,
): [rows: number, columns: number, count: number][] {
  const width = keyValueRank + rotaryHeadDim;
  const { indexHeads = 0, indexHeadDim = 0 } = sparse ?? {};
  const share = fine.layers / layers;
  return [
    [hidden, queryRank, 1],
    [queryRank, heads * width, 1],
    [hidden, width, 1 + 4 * share + (2 * coarse.layers) / layers],
    [(heads / outputGroups) * width, outputRank, outputGroups],
    [outputGroups * outputRank, hidden, 1],
    [queryRank, indexHeads * indexHeadDim, share],
    [hidden, indexHeadDim, 4 * share],
    [hidden, indexHeads, share],
  ];
}

/**
 * The weight matrices of all layers, by shape: what mixes tokens, feed-forward blocks, shared and routed experts, routers.
 *
 * Leaves out: embeddings, output head, norms, biases, the inner parameters of recurrences, modules that predict further tokens.
 * Source: definition; their sizes add up to the counts of countParameters (tests/engine/model).
 */
export function layerMatrices(architecture: Architecture): LayerMatrices[] {
  const { hidden, layers, ffn, mixtureOfExperts, recurrentMixer } = architecture;
  const recurrent = recurrentMixer ? layerKinds(architecture).recurrent : 0;
  const found: LayerMatrices[] = [];
  const add = (rows: number, columns: number, count: number, isExpert = false): void => {
    if (count > 0 && rows > 0 && columns > 0) found.push({ rows, columns, count, isExpert });
  };
  for (const [rows, columns, count] of mixing(architecture)) {
    add(rows, columns, count * (layers - recurrent));
  }
  if (recurrentMixer) {
    const { inward, outward } = recurrentSize(recurrentMixer);
    add(hidden, inward, recurrent);
    add(outward, hidden, recurrent);
  }
  const blocks = architecture.feedForwardLayers ?? layers;
  const dense = mixtureOfExperts ? Math.min(blocks, mixtureOfExperts.denseLayers) : blocks;
  const matrices = feedForwardMatrices(architecture);
  add(hidden, ffn, matrices * dense);
  if (!mixtureOfExperts) return found;
  const sparse = blocks - dense;
  const { experts, expertFfn, latentWidth } = mixtureOfExperts;
  add(expertWidth(architecture), expertFfn, matrices * experts * sparse, true);
  add(hidden, sharedWidth(mixtureOfExperts), matrices * sparse);
  if (latentWidth !== undefined) add(hidden, latentWidth, 2 * sparse);
  add(hidden, experts, sparse);
  return found;
}
