import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, readCount, type Command } from '../command';
import { CaseError } from '../estimate/case';
import { searchRequest } from '../estimate/search-request';
import { CommandFailure, exitStatus } from '../io';
import { readJson } from '../read-input';

const usualTop = 10;

/** `search REQUEST.json`: considers every layout of a training job. */
export const searchCommand: Command = {
  name: 'search',
  summary: 'consider every layout of a training job and rank them',
  help: `Usage: clusterwright search REQUEST.json [--top N]

Considers every layout (tensor, pipeline, context, expert and data parallelism, chunks, micro-batch, sequence
parallelism, recomputation, ZeRO) and prints JSON {evaluated, pruned, feasible, seconds, best, pareto, regions}.
'-' reads standard input; --top keeps the N best (10). A degree that the request states is kept.

  { "model": { "name": "Llama 3.1 405B" },
    "hardware": { "accelerator": "H100-SXM-80GB", "count": 16384, "per_node": 8 },
    "training": { "precision": "BF16", "seq_len": 8192, "global_batch_seqs": 2048 } }

A "search" part says what is looked for and what else is tried; each of its fields may be left out:
  objective          fastest (usual), cheapest, fewest (accelerators) or least_energy (every accelerator draws alike)
  counts             numbers of accelerators to consider, as [4096, 8192, 16384]; hardware.count alone where left out
  usd_per_accelerator_hour   price; cheapest counts accelerator-hours without it
  most_days, most_usd        date and budget that are kept, with training.tokens_total and effective_time (1: share of
                             the calendar spent on steps that are kept)
  memory_headroom    share of the memory that stays free (0.04)
  schedules          of 1f1b (interleaved where a stage has several chunks), zero-bubble, dualpipe; all where left out
  exchanges          of context-parallel ranks: all-gather, ring, ulysses; all where left out
  recomputed_layers, hybrid_sharding, offload   true tries recomputing some layers of a stage, sharding within groups of
                             nodes (HSDP), the optimizer in host memory
  distinct           true keeps one layout for each choice of accelerators, TP, PP, EP, schedule, recomputation, ZeRO and
                     offload; its "alike" counts further layouts of the choice within 1 % of it

evaluated counts layouts computed, pruned those proven worse than every one kept. regions says, for each value of each
axis, how good its best layout is, or why it has none. pareto holds layouts that no other beats in time and memory.`,
  async perform(args, io) {
    const { positionals, text } = parseArguments(args, 1, { top: { type: 'string' } });
    const [path = ''] = positionals;
    const top = readCount(text('top'), '--top') ?? usualTop;
    const request = await readJson(path, io);
    try {
      const started = performance.now();
      const found = searchRequest(request, bundledCatalogue, top);
      const seconds = (performance.now() - started) / 1000;
      const { evaluated, pruned, feasible, ...rest } = found;
      io.print(JSON.stringify({ evaluated, pruned, feasible, seconds, ...rest }, null, 2));
    } catch (error) {
      if (!(error instanceof CaseError)) throw error;
      throw new CommandFailure(`${error.message} Nothing was searched.`);
    }
    return exitStatus.done;
  },
};
