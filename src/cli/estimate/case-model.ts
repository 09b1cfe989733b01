import { findModel } from '@engine/catalogue/find';
import type { Architecture, Catalogue, MixtureOfExperts, Model } from '@engine/catalogue/types';
import { countParameters } from '@engine/model/parameters';
import { CaseError, type CaseModel } from './case';

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
  const known = given?.name ? findModel(catalogue, given.name) : null;
  const base = known !== null && isSameWidth(known.architecture, given) ? known.architecture : null;
  if (base !== null && known !== null) {
    if (known.name !== given?.name) assume(`architecture of ${known.name}: found by name`);
    return overlay(base, given);
  }
  return assembled(given, catalogue, assume);
}

/** A name alone, or one whose stated width agrees, may borrow the rest from the catalogue. */
function isSameWidth(architecture: Architecture, given: CaseModel | null | undefined): boolean {
  return !given?.hidden || given.hidden === architecture.hidden;
}

function overlay(base: Architecture, given: CaseModel | null | undefined): Architecture {
  const heads = given?.heads ?? base.heads;
  const layers = given?.layers ?? base.layers;
  const experts = base.mixtureOfExperts;
  return {
    ...base,
    layers,
    heads,
    keyValueHeads: given?.kv_heads ?? base.keyValueHeads,
    headDim: given?.head_dim ?? (heads === base.heads ? base.headDim : base.hidden / heads),
    ffn: experts === null || given?.moe_ffn ? (given?.ffn ?? base.ffn) : base.ffn,
    vocabulary: given?.vocab ?? base.vocabulary,
    mixtureOfExperts:
      experts === null
        ? null
        : {
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
  if (given?.params_total && !layers && !hidden) return closestKnown(given, catalogue, assume);
  if (!given || !layers || !hidden) {
    throw new CaseError(
      `The catalogue has no model named '${given?.name ?? ''}', and the case states too little of its architecture (layers and hidden are the least).`,
    );
  }
  const heads = given.heads ?? Math.max(1, Math.round(hidden / 128));
  if (!given.heads) assume(`${heads} attention heads: not given, one per 128 of hidden width`);
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
    mixtureOfExperts: mixture(given, hidden, layers),
    contextLength: 0,
  };
  return closestInSize(plain, given, assume);
}

function mixture(given: CaseModel, hidden: number, layers: number): MixtureOfExperts | null {
  if (!given.experts) return null;
  return {
    experts: given.experts,
    expertsPerToken: given.experts_active ?? 2,
    expertFfn: given.moe_ffn ?? given.ffn ?? 4 * hidden,
    sharedExperts: given.shared_experts ?? 0,
    denseLayers: Math.min(layers, given.dense_layers ?? 0),
  };
}

/** Gated or plain blocks, tied embeddings or not: the combination whose parameter count comes closest to the stated one. */
function closestInSize(
  plain: Omit<Architecture, 'ffn' | 'isGated' | 'hasTiedEmbeddings'>,
  given: CaseModel,
  assume: Assume,
): Architecture {
  const candidates: Architecture[] = [];
  for (const isGated of [false, true]) {
    for (const hasTiedEmbeddings of [true, false]) {
      const ffn = given.ffn ?? (isGated ? Math.round((8 * plain.hidden) / 3) : 4 * plain.hidden);
      candidates.push({ ...plain, ffn, isGated, hasTiedEmbeddings });
    }
  }
  const stated = given.params_total;
  const [first] = candidates;
  if (first === undefined) throw new CaseError('No architecture could be assembled.');
  if (!stated) {
    assume('plain feed-forward blocks and tied embeddings: parameter count not given');
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

/** The catalogue's model closest in size, its depth kept and its widths scaled, for a name that it does not know. */
function closestKnown(given: CaseModel, catalogue: Catalogue, assume: Assume): Architecture {
  const total = given.params_total ?? 1;
  const active = given.params_active ?? total;
  const distance = ({ architecture }: Model): number => {
    const count = countParameters(architecture);
    return Math.abs(Math.log(count.total / total)) + Math.abs(Math.log(count.active / active));
  };
  const models = [...catalogue.models.values()].toSorted(
    (first, second) => distance(first) - distance(second),
  );
  const [closest] = models;
  if (closest === undefined) throw new CaseError('The catalogue has no models.');
  assume(`architecture like ${closest.name}, scaled: the catalogue has no ${given.name ?? 'name'}`);
  const base = closest.architecture;
  const scale = Math.sqrt(total / countParameters(base).total);
  const wide = (width: number): number => Math.max(64, Math.round((width * scale) / 64) * 64);
  return {
    ...base,
    hidden: wide(base.hidden),
    ffn: wide(base.ffn),
    mixtureOfExperts: base.mixtureOfExperts && {
      ...base.mixtureOfExperts,
      expertFfn: wide(base.mixtureOfExperts.expertFfn),
    },
  };
}
