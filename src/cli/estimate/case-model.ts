import { findModel, findModelSize } from '@engine/catalogue/find';
import type { Architecture, Catalogue, MixtureOfExperts } from '@engine/catalogue/types';
import { countParameters } from '@engine/model/parameters';
import { importConfig } from '@shared/model-import/import-config';
import { architectureOfSize } from './architecture-of-size';
import { CaseError, type CaseModel } from './case';
import { nearestRelative, statedSize } from './model-size';

type Assume = (sentence: string) => void;

/**
 * The architecture of a case: what the case states wins over the catalogue's model of that name; what neither says is
 * assumed and said.
 */
export function caseArchitecture(
  given: CaseModel | null | undefined,
  catalogue: Catalogue,
  assume: Assume,
): Architecture {
  if (given?.config !== undefined && given.config !== null) {
    return overlay(configArchitecture(given.config, assume), given);
  }
  const named = given?.name ? findModel(catalogue, given.name) : null;
  const known = named !== null && isOtherModel(named.architecture, given) ? null : named;
  if (known === null && given && !(given.layers && given.hidden)) {
    const size = statedSize(given, catalogue, assume);
    const nearest = nearestRelative(given.name ?? '', size, catalogue);
    if (nearest === null) return architectureOfSize(size, given, assume);
    assume(
      `architecture of ${nearest.name}, the nearest of its family in size: the catalogue has no '${given.name ?? ''}'`,
    );
    return overlay(nearest.architecture, given);
  }
  const base = known !== null && isSameWidth(known.architecture, given) ? known.architecture : null;
  if (base !== null && known !== null) {
    if (known.name !== given?.name) assume(`architecture of ${known.name}: found by name`);
    return ofStatedSize(overlay(base, given), base, given, assume);
  }
  return assembled(given, catalogue, assume);
}

/**
 * Whether a case states another model than the catalogue's of that name: experts where it has none, and a number of parameters
 * that is far from its own. 'Command A Plus' is no 'Command A'.
 */
function isOtherModel(architecture: Architecture, given: CaseModel | null | undefined): boolean {
  const { params_total: parameters, experts = null } = given ?? {};
  if (!parameters || experts === null || experts <= 1) return false;
  if (architecture.mixtureOfExperts !== null) return false;
  return Math.abs(countParameters(architecture).total / parameters - 1) > countTolerance;
}

/** How far the count of parameters of an architecture may be from the stated one before something of it is misread. */
const countTolerance = 0.3;

/**
 * What a case states, laid over the catalogue's model; where that leads far from the stated number of parameters and the
 * catalogue's own layers do not, these are kept: layers are counted in other ways where a model has layers of several kinds.
 */
function ofStatedSize(
  stated: Architecture,
  base: Architecture,
  given: CaseModel | null | undefined,
  assume: Assume,
): Architecture {
  const parameters = given?.params_total;
  if (!parameters) return stated;
  const distance = (architecture: Architecture): number =>
    Math.abs(countParameters(architecture).total / parameters - 1);
  if (distance(stated) <= countTolerance || distance(base) > countTolerance / 2) return stated;
  assume(
    `layers and widths of the catalogue's model: the stated ones would make ${(countParameters(stated).total / 1e9).toPrecision(3)} billion parameters`,
  );
  return base;
}

/** The architecture of a config.json given inline. */
function configArchitecture(config: unknown, assume: Assume): Architecture {
  const outcome = importConfig(config);
  if (!outcome.ok) {
    const told = outcome.problems.map(({ field, problem }) => `${field || 'it'} ${problem}`);
    throw new CaseError(`The configuration of the model cannot be used: ${told.join('; ')}.`);
  }
  for (const sentence of outcome.model.assumptions) assume(sentence);
  if (outcome.model.unmapped.length > 0) {
    assume(`fields of the configuration without effect: ${outcome.model.unmapped.join(', ')}`);
  }
  return outcome.model.architecture;
}

/** Tokens of the published training run of the model that a case names; null where none are known. */
export function publishedTokens(
  given: CaseModel | null | undefined,
  catalogue: Catalogue,
): number | null {
  if (!given?.name || given.layers) return null;
  return findModelSize(catalogue, given.name)?.tokens?.value ?? null;
}

/** A name alone, or one whose stated width agrees, may borrow the rest from the catalogue. */
function isSameWidth(architecture: Architecture, given: CaseModel | null | undefined): boolean {
  return !given?.hidden || given.hidden === architecture.hidden;
}

/**
 * An architecture of that many layers. Models whose blocks are a mixer or a feed-forward each are counted in layers with both
 * or in blocks of either kind; another number keeps the shares of the kinds.
 */
function ofLayers(base: Architecture, stated: number): Architecture {
  const { layers, feedForwardLayers, recurrentMixer } = base;
  const blocks = layers + (feedForwardLayers ?? 0);
  const isInBlocks = Math.abs(stated / blocks - 1) < Math.abs(stated / layers - 1);
  const times = stated / (isInBlocks ? blocks : layers);
  const scaled = (count: number): number => Math.max(1, Math.round(count * times));
  return {
    ...base,
    layers: scaled(layers),
    ...(feedForwardLayers === undefined ? {} : { feedForwardLayers: scaled(feedForwardLayers) }),
    ...(recurrentMixer === undefined
      ? {}
      : { recurrentMixer: { ...recurrentMixer, layers: scaled(recurrentMixer.layers) } }),
  };
}

function overlay(base: Architecture, given: CaseModel | null | undefined): Architecture {
  const heads = given?.heads ?? base.heads;
  const deep = given?.layers ? ofLayers(base, given.layers) : base;
  const { layers } = deep;
  const experts = base.mixtureOfExperts;
  return {
    ...deep,
    heads,
    keyValueHeads: given?.kv_heads ?? base.keyValueHeads,
    headDim: given?.head_dim ?? (heads === base.heads ? base.headDim : base.hidden / heads),
    ffn: experts === null || given?.moe_ffn ? (given?.ffn ?? base.ffn) : base.ffn,
    vocabulary: given?.vocab ?? base.vocabulary,
    mixtureOfExperts:
      experts === null
        ? null
        : {
            ...experts,
            experts: given?.experts ?? experts.experts,
            expertsPerToken: given?.experts_active ?? experts.expertsPerToken,
            expertFfn: given?.moe_ffn ?? experts.expertFfn,
            sharedExperts: given?.shared_experts ?? experts.sharedExperts,
            denseLayers: Math.min(layers, given?.dense_layers ?? experts.denseLayers),
          },
  };
}

/** An architecture from its stated numbers alone. */
function assembled(
  given: CaseModel | null | undefined,
  catalogue: Catalogue,
  assume: Assume,
): Architecture {
  const { layers, hidden } = given ?? {};
  if (!given || !layers || !hidden) {
    throw new CaseError(
      `The catalogue has no model named '${given?.name ?? ''}', and the case states too little of its architecture (layers and hidden are the least).`,
    );
  }
  const heads = given.heads ?? usualHeads(hidden);
  if (!given.heads)
    assume(`${heads} attention heads: not given, about one per 128 of hidden width`);
  const isGrouped = given.attention === 'gqa' && heads % 8 === 0;
  const keyValueHeads = given.kv_heads ?? (isGrouped ? 8 : heads);
  const vocabulary = given.vocab ?? 50_304;
  if (!given.vocab) assume(`vocabulary of ${vocabulary}: not given`);
  const isLatent = given.attention === 'mla';
  const latentAttention = isLatent
    ? (catalogue.models.get('deepseek-v3')?.architecture.latentAttention ?? null)
    : null;
  if (isLatent) assume('widths of latent attention as in DeepSeek-V3: not given');
  const plain = {
    layers,
    hidden,
    heads,
    keyValueHeads,
    headDim: given.head_dim ?? hidden / heads,
    vocabulary,
    latentAttention,
    mixtureOfExperts: mixture(given, hidden, layers, assume),
    ...(hasPositionBias(given, catalogue) ? { hasPositionBias: true } : {}),
    contextLength: 0,
  };
  return closestInSize(plain, given, assume);
}

/** Whether positions are a bias on the scores: said, or so in the family that the model is named after. */
function hasPositionBias({ name, attention }: CaseModel, catalogue: Catalogue): boolean {
  if (/alibi/i.test(attention ?? '')) return true;
  const family = /^[a-z]+/i.exec(name ?? '')?.[0]?.toLowerCase();
  const relatives = [...catalogue.models.values()];
  return relatives.some(
    (row) => row.architecture.hasPositionBias && row.family.toLowerCase() === family,
  );
}

/** The divisor of the hidden width that gives heads closest to 128 wide. */
function usualHeads(hidden: number): number {
  let best = 1;
  for (let heads = 1; heads <= hidden / 32; heads += 1) {
    if (hidden % heads !== 0) continue;
    if (Math.abs(hidden / heads - 128) < Math.abs(hidden / best - 128)) best = heads;
  }
  return best;
}

function mixture(
  given: CaseModel,
  hidden: number,
  layers: number,
  assume: Assume,
): MixtureOfExperts | null {
  if (!given.experts) return null;
  // Nine tenths of a sparse model's parameters are in its experts' three matrices.
  const fromSize = given.params_total
    ? Math.round((0.95 * given.params_total) / (layers * given.experts * 3 * hidden))
    : null;
  const expertFfn = given.moe_ffn ?? given.ffn ?? fromSize ?? 4 * hidden;
  if (!given.moe_ffn) assume(`experts of width ${expertFfn}: not given`);
  return {
    experts: given.experts,
    expertsPerToken: given.experts_active ?? 2,
    expertFfn,
    sharedExperts: given.shared_experts ?? 0,
    denseLayers: Math.min(layers, given.dense_layers ?? 0),
  };
}

/** Whether the activation that a case names gates: 'SwiGLU', 'squared-ReLU'; null when it names none. */
function statedGating({ activation }: CaseModel): boolean | null {
  if (!activation) return null;
  if (/glu|gated/i.test(activation)) return true;
  return /relu|gelu|plain/i.test(activation) ? false : null;
}

/**
 * Gated blocks came with grouped queries and with experts; a plain block is four times as wide as the model, a gated one is not.
 */
function isUsuallyGated(
  {
    hidden,
    heads,
    keyValueHeads,
    mixtureOfExperts,
  }: Omit<Architecture, 'ffn' | 'isGated' | 'hasTiedEmbeddings'>,
  { ffn }: CaseModel,
): boolean {
  const hasOtherWidth = Boolean(ffn) && ffn !== 4 * hidden;
  return mixtureOfExperts !== null || keyValueHeads < heads || hasOtherWidth;
}

/** Gated or plain blocks, tied embeddings or not: the combination whose parameter count comes closest to the stated one. */
function closestInSize(
  plain: Omit<Architecture, 'ffn' | 'isGated' | 'hasTiedEmbeddings'>,
  given: CaseModel,
  assume: Assume,
): Architecture {
  const candidates: Architecture[] = [];
  const gating = statedGating(given);
  const usual = gating ?? isUsuallyGated(plain, given);
  for (const isGated of gating === null ? [usual, !usual] : [gating]) {
    for (const hasTiedEmbeddings of [!usual, usual]) {
      const ffn = given.ffn ?? (isGated ? Math.round((8 * plain.hidden) / 3) : 4 * plain.hidden);
      candidates.push({ ...plain, ffn, isGated, hasTiedEmbeddings });
    }
  }
  const stated = given.params_total;
  const [first] = candidates;
  if (first === undefined) throw new CaseError('No architecture could be assembled.');
  if (!stated) {
    assume(
      `${first.isGated ? 'gated' : 'plain'} feed-forward blocks and ${first.hasTiedEmbeddings ? 'tied' : 'untied'} embeddings: parameter count not given`,
    );
    return first;
  }
  const distance = (architecture: Architecture): number =>
    Math.abs(countParameters(architecture).total / stated - 1);
  const closest = candidates.reduce((best, next) =>
    distance(next) < distance(best) - 1e-12 ? next : best,
  );
  assume(
    `${closest.isGated ? 'gated' : 'plain'} feed-forward blocks of width ${closest.ffn}, ${closest.hasTiedEmbeddings ? 'tied' : 'untied'} embeddings: closest to the stated parameter count`,
  );
  return closest;
}
