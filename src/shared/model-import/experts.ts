import type { MixtureOfExperts } from '@engine/catalogue/types';
import type { FieldReader } from './field-reader';

/** The experts of a configuration; null where it has none. */
export function readExperts(
  reader: FieldReader,
  blocks: number,
  ffn: number,
): MixtureOfExperts | null {
  const experts = reader.whole([
    'n_routed_experts',
    'num_local_experts',
    'num_experts',
    'moe_num_experts',
    'ffn_config.moe_num_experts',
  ]);
  if (experts === null || experts === 1) return null;
  const expertsPerToken = reader.required([
    'num_experts_per_tok',
    'num_experts_per_token',
    'moe_top_k',
    'ffn_config.moe_top_k',
  ]);
  if (expertsPerToken > experts) {
    reader.problems.push({
      field: 'num_experts_per_tok',
      problem: `is ${expertsPerToken}, more than the ${experts} experts`,
    });
  }
  const expertFfn = reader.whole(['moe_intermediate_size', 'intermediate_size']) ?? ffn;
  const sharedFfn = reader.whole(
    [
      'moe_shared_expert_intermediate_size',
      'shared_expert_intermediate_size',
      'shared_intermediate_size',
    ],
    0,
  );
  const isLlamaFour = reader.whole(['interleave_moe_layer_step']) !== null;
  const stated = reader.whole(['n_shared_experts', 'num_shared_experts'], 0);
  const sharedExperts = stated ?? (isLlamaFour || (sharedFfn ?? 0) > 0 ? 1 : 0);
  const latentWidth = reader.whole(['moe_latent_size']);
  const groups = readGroups(reader);
  return {
    experts,
    expertsPerToken: Math.min(expertsPerToken, experts),
    expertFfn,
    sharedExperts,
    denseLayers: Math.min(blocks, denseLayers(reader, blocks)),
    ...(sharedFfn === null || sharedFfn === 0 ? {} : { sharedFfn }),
    ...(latentWidth === null ? {} : { latentWidth }),
    ...(groups === null ? {} : { groups }),
  };
}

/** Groups of experts that routing is held to; null where it is free. */
function readGroups(reader: FieldReader): MixtureOfExperts['groups'] | null {
  const count = reader.whole(['n_group']) ?? 1;
  const perToken = reader.whole(['topk_group']) ?? count;
  return perToken < count ? { count, perToken } : null;
}

/** Layers that keep a dense block: the first ones, every n-th, or those of a list. */
function denseLayers(reader: FieldReader, blocks: number): number {
  const first =
    reader.whole(['first_k_dense_replace', 'moe_layer_start_index', 'num_dense_layers'], 0) ?? 0;
  const step = reader.whole([
    'interleave_moe_layer_step',
    'decoder_sparse_step',
    'moe_layer_freq',
    'expert_layer_period',
  ]);
  reader.whole(['expert_layer_offset'], 0);
  const listed = reader.list(['mlp_only_layers'])?.length ?? 0;
  const rest = Math.max(0, blocks - first);
  return first + (step === null ? 0 : rest - Math.floor(rest / step)) + listed;
}
