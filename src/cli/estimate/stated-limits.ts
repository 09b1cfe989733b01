import type { ServingConstants } from '@engine/inference/serving';
import type { CaseServing } from './case';
import { statedPromptTokens } from './load';
import { launchesEagerly } from './serving-software';
import { isOn } from './setting';

/**
 * Requests that a case says a server runs at once, by the names that servers have for it: `--max-num-seqs` of vLLM, `--max-running-requests` of
 * SGLang, `--max_batch_size` of TensorRT-LLM, `MAX_BATCH_SIZE` of TGI on Neuron; null where it says none.
 */
export function statedRunning(given: CaseServing): number | null {
  const { max_num_seqs, max_running_requests, max_batch_size, max_batch } = given;
  return max_num_seqs ?? max_running_requests ?? max_batch_size ?? max_batch ?? null;
}

/**
 * Prompt tokens that a case says a step takes at most, for each accelerator that attends for itself; null where it says none. SGLang divides
 * what it is told by the groups of attention (`chunked_prefill_size // dp_size` in server_args.py, from memory).
 */
export function statedStepTokens(given: CaseServing, attentionGroups = 1): number | null {
  const { max_num_batched_tokens, chunked_prefill_size, max_num_tokens } = given;
  const chunk = chunked_prefill_size ? chunked_prefill_size / attentionGroups : null;
  const stated = max_num_batched_tokens ?? chunk ?? max_num_tokens ?? null;
  return statedPromptTokens(given.batch_or_concurrency) ?? stated;
}

/** Whether a case says which share of the memory the server may fill. */
export function statesShare({ gpu_memory_utilization, mem_fraction_static }: CaseServing): boolean {
  return Boolean(gpu_memory_utilization ?? mem_fraction_static);
}

/**
 * What a case says that a server was told, in place of what it does by itself.
 *
 * A share of the memory is that of weights and cache in vLLM and SGLang alike; TensorRT-LLM's is one of what the weights leave, and is not
 * read. Graphs that are compiled for a number of requests (Neuron) compute as many whatever is in flight.
 *
 * Leaves out: limits on lengths.
 * Source: options of the servers, https://docs.vllm.ai/en/latest/configuration/engine_args.html, https://docs.sglang.ai/advanced_features/server_arguments.html,
 * https://nvidia.github.io/TensorRT-LLM/commands/trtllm-serve.html (from memory).
 */
export function statedLimits(
  given: CaseServing,
  read: ServingConstants,
  attentionGroups = 1,
): Pick<
  ServingConstants,
  'prefillTokens' | 'capturedRows' | 'memoryFraction' | 'compiledRequests'
> {
  const isEager =
    launchesEagerly(given.engine) || isOn(given.enforce_eager) || isOn(given.disable_cuda_graph);
  const share = given.gpu_memory_utilization ?? given.mem_fraction_static;
  const isShare = share !== null && share !== undefined && share < 1 && read.memoryFraction < 1;
  const running = statedRunning(given);
  return {
    prefillTokens: statedStepTokens(given, attentionGroups) ?? read.prefillTokens,
    capturedRows: isEager ? 0 : read.capturedRows,
    memoryFraction: isShare ? share : read.memoryFraction,
    compiledRequests:
      running === null || read.compiledRequests <= 1 ? read.compiledRequests : running,
  };
}
