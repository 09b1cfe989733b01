/** A word of the field with a meaning in a sentence or two, and where it comes from. */
export interface GlossaryTerm {
  readonly id: string;
  readonly term: string;
  readonly meaning: string;
  /** source ids of the catalogue */
  readonly sources: readonly string[];
  /** further words under which it is searched */
  readonly keywords: string;
}

function term(
  id: string,
  name: string,
  meaning: string,
  keywords = '',
  ...sources: readonly string[]
): GlossaryTerm {
  return {
    id,
    term: name,
    meaning,
    keywords,
    sources: sources.length === 0 ? ['memory'] : sources,
  };
}

/** The words that the explorable and a plan's sections use, in alphabetical order. */
export const glossaryTerms: readonly GlossaryTerm[] = [
  term(
    'accelerator',
    'Accelerator',
    'A processor built for much arithmetic side by side: a GPU, a TPU or a similar part.',
    'gpu tpu npu chip',
  ),
  term(
    'all-gather',
    'All-gather',
    'An exchange after which every member of a group holds the pieces of all.',
    'collective communication',
  ),
  term(
    'all-reduce',
    'All-reduce',
    'An exchange after which every member of a group holds the sum of what all had.',
    'collective communication gradients',
  ),
  term(
    'amdahl',
    'Amdahl’s law',
    'How much faster a fixed piece of work becomes with more workers: the part that cannot be shared sets a limit.',
    'speed-up serial parallel',
    'amdahl-1967',
  ),
  term(
    'bandwidth',
    'Bandwidth',
    'Data that pass in a second: from memory to the arithmetic, or over a link between parts.',
    'memory network hbm nvlink',
  ),
  term(
    'batch',
    'Batch',
    'Sequences or requests that are worked on together, so that each weight is read once for all of them.',
    'batching sequences step',
  ),
  term(
    'checkpoint',
    'Checkpoint',
    'A copy of a run’s state on storage, from which it goes on after a failure.',
    'failure restart recovery',
  ),
  term(
    'cluster',
    'Cluster',
    'Nodes of one kind on one network, which can work on one job.',
    'nodes system',
  ),
  term(
    'data-parallel',
    'Data parallelism',
    'Every group of accelerators holds the whole model and learns from other data; after each step all exchange what they learned.',
    'dp layout replica gradients',
    'rajbhandari-2020',
  ),
  term(
    'flop',
    'FLOP',
    'One floating-point operation, such as an addition or a multiplication. FLOP/s are such operations in a second.',
    'operation tflop pflop',
  ),
  term(
    'goodput',
    'Goodput',
    'Share of the time in which a run moves forward: failures, restarts and checkpoints taken out.',
    'effective time availability',
    'llama-3-herd',
  ),
  term(
    'gpu',
    'GPU',
    'A processor first made for graphics, with thousands of simple arithmetic units and fast memory beside them.',
    'graphics accelerator',
  ),
  term(
    'gpu-hour',
    'GPU-hour',
    'One accelerator at work for one hour. Hours of different parts are different amounts of work.',
    'accelerator-hour meter device',
  ),
  term(
    'gustafson',
    'Gustafson’s law',
    'How much more work is done in the same time with more workers, where the work grows with them.',
    'speed-up serial parallel',
    'gustafson-1988',
  ),
  term(
    'h100-equivalent',
    'H100-equivalent',
    'A unit of computing: as much 8-bit arithmetic as one H100. A newer device is worth several.',
    'h100e meter stock',
    'epoch-chip-owners-2026',
  ),
  term(
    'inference',
    'Inference',
    'Using a trained model: it reads a prompt and writes an answer, or makes an image.',
    'serving answers prompts',
  ),
  term(
    'key-value-cache',
    'Key–value cache',
    'What a model remembers of the tokens it has read, so that each new token needs to look them up only. It grows with every token of every request.',
    'kv cache memory context attention',
  ),
  term(
    'layout',
    'Layout',
    'How one job is spread over its accelerators: tensor, pipeline, context, expert and data parallelism.',
    'tp pp cp ep dp parallel degrees',
  ),
  term(
    'mixture-of-experts',
    'Mixture of experts',
    'A model of many small parts of which each token passes only a few: large to store, cheap to run.',
    'moe experts active parameters',
    'deepseek-v3-report',
  ),
  term(
    'mfu',
    'Model FLOPs utilisation',
    'Share of the arithmetic peak that ends up in the model: the model’s own operations over what the parts could do in that time.',
    'mfu efficiency utilisation',
    'chowdhery-2022',
  ),
  term(
    'node',
    'Node',
    'A server with its accelerators, most often eight, and the fast link between them.',
    'server system dgx hgx',
  ),
  term(
    'parameter',
    'Parameter',
    'A number that a model has learned; also called a weight.',
    'weight billion size',
  ),
  term(
    'pipeline-parallel',
    'Pipeline parallelism',
    'Layers are spread over stages; while one stage works on a piece of the batch, the next works on the piece before.',
    'pp stages bubble layout',
  ),
  term(
    'pue',
    'Power usage effectiveness',
    'Power of a whole site over that of its computers: cooling and losses are what is above one.',
    'pue cooling energy',
    'uptime-2025',
  ),
  term(
    'replica',
    'Replica',
    'One copy of a model with the accelerators that it needs. A service has as many as its users ask for.',
    'serving copy fleet',
  ),
  term(
    'scale-out',
    'Scale-out network',
    'The network between nodes. It is slower than the link within a node and reaches all of them.',
    'infiniband ethernet fabric',
  ),
  term(
    'scale-up',
    'Scale-up link',
    'The fast link between the accelerators of one node or rack, such as NVLink.',
    'nvlink nvswitch domain',
  ),
  term(
    'tensor-parallel',
    'Tensor parallelism',
    'Each matrix product is cut into stripes for several accelerators, which then exchange the pieces.',
    'tp layout matrix stripes',
  ),
  term(
    'time-per-output-token',
    'Time per output token',
    'From one word of an answer to the next, once it has begun.',
    'tpot latency serving itl',
  ),
  term(
    'time-to-first-token',
    'Time to first token',
    'From the request to the first word of the answer: waiting and reading the prompt.',
    'ttft latency serving',
  ),
  term(
    'token',
    'Token',
    'The piece of text that a model reads and writes: a short word or a part of a longer one.',
    'text word',
  ),
  term(
    'training',
    'Training',
    'Making a model: it predicts text it is shown, and its parameters are moved so that the next prediction is better.',
    'learning pre-training run',
  ),
];

/** Where a term stands on the page. */
export function termHeadingId(id: string): string {
  return `glossary-${id}`;
}

export function findTerm(id: string): GlossaryTerm {
  const found = glossaryTerms.find((one) => one.id === id);
  if (found === undefined) throw new Error(`The glossary has no term '${id}'.`);
  return found;
}
