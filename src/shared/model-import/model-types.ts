/** What configurations of a model type leave unsaid because its program fixes it. */
export interface ModelTypeTraits {
  /** gated feed-forward blocks have three matrices */
  readonly isGated: boolean;
  readonly hasTiedEmbeddings: boolean;
  readonly biases?: 'query-key-value' | 'all';
  readonly hasLearnedPositions?: boolean;
  readonly hasQueryKeyNorm?: boolean;
  readonly hasAttentionGate?: boolean;
  /** the activation has no kernel of its own in common libraries */
  readonly hasPlainActivation?: boolean;
  /** attention and the feed-forward block side by side */
  readonly hasParallelBlocks?: boolean;
  /** positions are a bias on the scores of attention */
  readonly hasPositionBias?: boolean;
  /** every n-th layer attends to the whole context, the others to a window */
  readonly fullAttentionEvery?: number;
}

const gated = { isGated: true, hasTiedEmbeddings: false };
const tied = { isGated: true, hasTiedEmbeddings: true };
const plain = { isGated: false, hasTiedEmbeddings: true, biases: 'all' } as const;

/**
 * Traits by `model_type`. Source: the classes of these types in Hugging Face transformers, src/transformers/models, from
 * memory; counted parameters of real configurations agree with the published ones (tests/shared/model-import).
 */
export const modelTypes: ReadonlyMap<string, ModelTypeTraits> = new Map<string, ModelTypeTraits>([
  ['llama', gated],
  ['mistral', gated],
  ['mistral3', gated],
  ['mixtral', gated],
  ['qwen2', { ...gated, biases: 'query-key-value' }],
  ['qwen2_moe', { ...gated, biases: 'query-key-value' }],
  ['qwen3', { ...gated, hasQueryKeyNorm: true }],
  ['qwen3_moe', { ...gated, hasQueryKeyNorm: true }],
  ['qwen3_next', { ...gated, hasQueryKeyNorm: true, hasAttentionGate: true }],
  ['qwen3_5_moe', { ...gated, hasQueryKeyNorm: true, hasAttentionGate: true }],
  ['qwen3_5_moe_text', { ...gated, hasQueryKeyNorm: true, hasAttentionGate: true }],
  ['deepseek_v2', gated],
  ['deepseek_v3', gated],
  ['deepseek_v32', gated],
  ['kimi_k2', gated],
  ['kimi_linear', gated],
  ['lfm2_moe', { ...tied, hasQueryKeyNorm: true }],
  ['ministral3', gated],
  ['laguna', { ...gated, hasQueryKeyNorm: true }],
  ['minimax_m3', { ...gated, hasQueryKeyNorm: true, hasPlainActivation: true }],
  ['glm_moe_dsa', gated],
  ['gpt2', { ...plain, hasLearnedPositions: true }],
  ['gpt_bigcode', { ...plain, hasLearnedPositions: true }],
  ['gpt_neox', { ...plain, hasTiedEmbeddings: false, hasParallelBlocks: true }],
  ['gptj', { isGated: false, hasTiedEmbeddings: false, hasParallelBlocks: true }],
  ['opt', { ...plain, hasLearnedPositions: true }],
  ['bloom', { ...plain, hasPositionBias: true }],
  ['falcon', { isGated: false, hasTiedEmbeddings: true, hasParallelBlocks: true }],
  ['mpt', { isGated: false, hasTiedEmbeddings: true, hasPositionBias: true }],
  ['phi', { ...plain, hasTiedEmbeddings: false, hasParallelBlocks: true }],
  ['phi3', gated],
  ['phimoe', gated],
  ['gemma', tied],
  ['gemma2', { ...tied, fullAttentionEvery: 2 }],
  ['gemma3', { ...tied, hasQueryKeyNorm: true, fullAttentionEvery: 6 }],
  ['gemma3_text', { ...tied, hasQueryKeyNorm: true, fullAttentionEvery: 6 }],
  ['glm4', gated],
  ['glm4_moe', gated],
  ['minimax', gated],
  ['minimax_m2', gated],
  ['gpt_oss', { ...gated, hasPlainActivation: true }],
  ['nemotron', { isGated: false, hasTiedEmbeddings: false }],
  ['nemotron_h', { isGated: false, hasTiedEmbeddings: false }],
  ['cohere', { ...tied, hasParallelBlocks: true }],
  ['cohere2', { ...tied, fullAttentionEvery: 4, hasParallelBlocks: true }],
  ['dbrx', gated],
  ['grok-1', tied],
  ['olmo', gated],
  ['olmo2', gated],
  ['olmo3', gated],
  ['olmoe', gated],
  ['smollm3', tied],
  ['starcoder2', plain],
  ['granite', tied],
  ['jamba', gated],
  ['llama4', gated],
  ['llama4_text', gated],
  ['mllama', gated],
  ['internlm2', gated],
  ['baichuan', gated],
]);
