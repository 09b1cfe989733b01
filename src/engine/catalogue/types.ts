/**
 * The catalogue: every fact the engine computes with, each with its value, unit, source and quality.
 * Rows are data (resources/catalogue/*.json); this file says what a row looks like.
 */

import type { LatentAttention } from './latent-attention';
import type { NetworkCatalogue } from './network';
import type { RecurrentMixer } from './recurrent-mixers';

export type { LatentAttention, PooledCache } from './latent-attention';
export type { RecurrentMixer } from './recurrent-mixers';

/** How much a figure can be trusted, from a vendor's own document down to recollection. */
export type Quality =
  | 'official'
  | 'measured'
  | 'derived'
  | 'estimate'
  | 'proxy'
  | 'from memory'
  /** by the author of a plan; never in a published row */
  | 'entered';

/**
 * Where a figure was read. `url` is null when the address was not kept; `readOn` is an ISO date, or 'not read' where the
 * figure is recalled and the source is named only for whoever wants to check it.
 */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly readOn: string;
}

/** One sourced figure. `low` and `high` bound it where sources disagree. */
export interface Fact {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  readonly quality: Quality;
  readonly low?: number;
  readonly high?: number;
  readonly note?: string;
}

export type Precision = 'fp64' | 'fp32' | 'tf32' | 'bf16' | 'fp16' | 'fp8' | 'int8' | 'fp4';

/** A processor: GPU, TPU, NPU or CPU. Peak rates are dense, per device. */
export interface Accelerator {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly kind: 'gpu' | 'tpu' | 'npu' | 'cpu';
  readonly releasedOn: string | null;
  readonly aliases: readonly string[];
  /** GB (10⁹ B) */
  readonly memoryCapacity: Fact;
  /** GB/s (10⁹ B/s) */
  readonly memoryBandwidth: Fact;
  /** TFLOP/s, dense */
  readonly peakDense: Readonly<Partial<Record<Precision, Fact>>>;
  /** TFLOP/s: the best matrix product measured on the real part, where somebody measured it */
  readonly matmulCeiling: Readonly<Partial<Record<Precision, Fact>>>;
  /** GB/s per device, one direction; null where there is no scale-up link */
  readonly scaleUpBandwidth: Fact | null;
  /** devices that share one scale-up domain */
  readonly scaleUpDomain: Fact;
  readonly scaleUpKind: string;
  /** W, board or package */
  readonly power: Fact;
  /** between it and the memory of its host, one direction; absent: a bus, as is usual for its line */
  readonly hostBandwidth?: Fact | undefined;
  /** network between its scale-up domains where it is sold with one [Gb/s per device], one direction; absent: that of its systems */
  readonly scaleOutBandwidth?: Fact | undefined;
  /** columns of the arrays that its matrix unit is made of, where it is made of arrays */
  readonly matrixColumns?: Fact | undefined;
  /** its power is that of a module with a processor, which takes its part */
  readonly sharesPower?: boolean | undefined;
  /** sold as a computer with its host, such as a laptop or a workstation on one chip */
  readonly isWholeComputer?: boolean | undefined;
  /** dies that software sees as devices of their own, where a package has several */
  readonly dies?: Fact | undefined;
  /** found by its name, but neither proposed nor listed before somebody looks for it */
  readonly isRare?: boolean | undefined;
  readonly notes: string;
}

/** What works side by side inside one part: says why it is fast, enters no timing but that of a single core. */
export interface ParallelUnits {
  readonly acceleratorId: string;
  readonly kind: 'cores' | 'multiprocessors' | 'compute units';
  readonly units: Fact;
  /** 32-bit multiply–adds that one unit finishes per clock cycle, its matrix unit left out */
  readonly lanesPerUnit: Fact;
}

/** A node: the unit in which accelerators are bought and racked. */
export interface System {
  readonly id: string;
  readonly name: string;
  readonly acceleratorId: string;
  readonly acceleratorsPerNode: Fact;
  /** kW, rated maximum */
  readonly maxPower: Fact;
  /** kW under training load; null where nobody measured it */
  readonly typicalPower: Fact | null;
  /** Gb/s of scale-out network per accelerator, one direction */
  readonly scaleOutBandwidth: Fact;
  /** USD per node; null where no price is published */
  readonly price: Fact | null;
  /** rack units per node; null for rack-scale systems */
  readonly rackUnits: Fact | null;
  /** GB of a node's processors; null or missing where it is not known or is the accelerator's own */
  readonly hostMemory?: Fact | null | undefined;
  readonly cooling: 'air' | 'liquid' | 'either';
  readonly notes: string;
}

/** A mixture-of-experts feed-forward block. */
export interface MixtureOfExperts {
  readonly experts: number;
  readonly expertsPerToken: number;
  readonly expertFfn: number;
  readonly sharedExperts: number;
  /** layers that keep a dense feed-forward block: the first ones, or every n-th */
  readonly denseLayers: number;
  /** width of all shared experts together, where it is not that many of the routed ones */
  readonly sharedFfn?: number | undefined;
  /** width that the routed experts work in, where tokens are projected to it first; the hidden width where it is not given */
  readonly latentWidth?: number | undefined;
  /** experts are chosen by their scores with a bias that keeps them evenly loaded added: other kernels than the largest of a softmax */
  readonly hasRoutingBias?: boolean | undefined;
  /** groups that the experts come in, one per node, where the experts of a token are held to a few of them */
  readonly groups?: { readonly count: number; readonly perToken: number } | undefined;
}

/** A decoder. Rotary and ALiBi positions have no parameters; where `learnedPositions` is given, that many are learned. */
export interface Architecture {
  /** layers that mix tokens, by attention or by a recurrence */
  readonly layers: number;
  readonly hidden: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDim: number;
  /** width of the dense feed-forward block */
  readonly ffn: number;
  /** SwiGLU-like blocks have three matrices, plain ones two */
  readonly isGated: boolean;
  readonly vocabulary: number;
  readonly hasTiedEmbeddings: boolean;
  readonly latentAttention: LatentAttention | null;
  readonly mixtureOfExperts: MixtureOfExperts | null;
  /** share of the layers that have attention; 1 where it is not given. Hybrid models replace the others by state-space layers. */
  readonly attentionLayerShare?: number | undefined;
  /** what the layers without attention have instead, where it is known; wins over the share above */
  readonly recurrentMixer?: RecurrentMixer | undefined;
  /** layers followed by a feed-forward block, where not all are */
  readonly feedForwardLayers?: number | undefined;
  readonly learnedPositions?: number | undefined;
  /** matrices with a bias: those of queries, keys and values, or every matrix of a block and its norms */
  readonly biases?: 'query-key-value' | 'all' | undefined;
  readonly hasQueryKeyNorm?: boolean | undefined;
  /** a gate as wide as the queries on the output of attention */
  readonly hasAttentionGate?: boolean | undefined;
  /** modules that predict tokens further ahead, each of one layer; published counts leave them out */
  readonly predictionModules?: number | undefined;
  /** share of the attention layers that see only the last tokens, and how many */
  readonly slidingWindow?: { readonly tokens: number; readonly layerShare: number } | undefined;
  /** an activation that common libraries have no kernel of its own for, such as the clamped gate of gpt-oss */
  readonly hasPlainActivation?: boolean | undefined;
  /** attention and the feed-forward block read the same input side by side: one sum, one exchange between tensor ranks */
  readonly hasParallelBlocks?: boolean | undefined;
  /** positions are a bias on the scores of attention (ALiBi), which fused kernels before 2024 did not know */
  readonly hasPositionBias?: boolean | undefined;
  readonly contextLength: number;
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly releasedOn: string | null;
  readonly aliases: readonly string[];
  readonly architecture: Architecture;
  /** parameters as the publisher states them, to check the counted ones against */
  readonly publishedParameters: Fact;
  readonly publishedActiveParameters: Fact | null;
  /** tokens of the published training run, where stated */
  readonly publishedTokens: Fact | null;
  readonly source: string;
}

/** An image generator: one denoiser run for a number of steps, then a decoder from latents to pixels. */
export interface ImageModel {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** a U-Net of convolutions and attention, or a transformer over image patches */
  readonly kind: 'convolutional' | 'transformer';
  readonly parameters: Fact;
  /** TFLOP of one evaluation of the denoiser for one image at the reference resolution */
  readonly denoiserFlop: Fact;
  /** TFLOP of decoding one image at the reference resolution */
  readonly decoderFlop: Fact;
  readonly steps: Fact;
  readonly evaluationsPerStep: Fact;
  /** edge of the reference image */
  readonly resolution: Fact;
  readonly quadraticShare: Fact;
  /** GB that operators between products read and write in one evaluation, one by one, at 16 bits and the reference resolution */
  readonly movedActivations: Fact;
  /** GB that thin products and convolutions of one evaluation read and write, which memory bounds, at 16 bits, weights aside */
  readonly operands: Fact;
  /** of the denoiser's work, TFLOP of convolutions; 0 for a transformer */
  readonly convolutionFlop: Fact;
  /** arithmetic of fused attention over the one needed: heads are padded to widths that its kernels know */
  readonly attentionPadding: Fact;
  /** GB of attention scores of one evaluation, at 16 bits */
  readonly scores: Fact;
  /** GB of queries, keys, values and outputs of one evaluation's attention over the image, at 16 bits */
  readonly exchangedActivations: Fact;
  /** layers of attention over the image */
  readonly attentionLayers: Fact;
  /** operators of one evaluation */
  readonly operators: Fact;
  /** the same of decoding one image */
  readonly decoderMovedActivations: Fact;
  readonly decoderOperands: Fact;
  /** its decoder overflows in FP16 and runs in 32 bits where the denoiser is not in BF16 */
  readonly decodesIn32Bits?: boolean | undefined;
  /** text tokens that a transformer processes beside those of the reference image, over these; absent: none */
  readonly textShare?: Fact;
  /** only of a generator of videos: its counts are those of a whole video of so many frames */
  readonly video?: VideoFrames;
}

/** How a generator of videos takes them apart in time. */
export interface VideoFrames {
  /** of the reference video */
  readonly frames: Fact;
  readonly framesPerSecond: Fact;
  /** that a token stands for, after the first frame, which stands alone */
  readonly framesPerToken: Fact;
  /** of a frame of the reference video */
  readonly width: Fact;
  readonly height: Fact;
}

/** A generator of videos: counted like one of images, over all frames together. */
export interface VideoModel extends ImageModel {
  readonly video: VideoFrames;
}

/**
 * A model whose work is set by its input: an encoder of texts, or an encoder of audio with a decoder that writes what was
 * said. Architectures count what is multiplied; an encoder of audio has a vocabulary of 1.
 */
export interface SequenceModel {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly task: 'embedding' | 'speech';
  readonly parameters: Fact;
  readonly encoder: Architecture;
  /** a token sees only those before it; in most encoders it sees all */
  readonly isCausal: boolean;
  /** null for texts */
  readonly speech: SpeechDecoder | null;
  readonly source: string;
}

/** What an encoder of audio is followed by. */
export interface SpeechDecoder {
  /** with attention to the encoder in every layer, which its counts leave out */
  readonly decoder: Architecture;
  /** seconds of audio that are encoded at once, silence filled in */
  readonly windowSeconds: Fact;
  /** positions of the encoder for such a window */
  readonly windowPositions: Fact;
}

/** Targets of one scenario of a serving benchmark, at the 99th percentile. */
export interface BenchmarkTargets {
  readonly timeToFirstToken: Fact;
  readonly timePerOutputToken: Fact;
}

/** What a public serving benchmark asks of a model: mean lengths of its data set, and its latency targets. */
export interface ServingBenchmark {
  readonly id: string;
  readonly modelId: string;
  readonly name: string;
  readonly inputTokens: Fact;
  readonly outputTokens: Fact;
  /** tokens at which answers are cut off, where batches may run until the last has ended */
  readonly longestAnswer?: Fact | undefined;
  /** answers decoded side by side, of which one is kept */
  readonly beams: Fact;
  readonly server: BenchmarkTargets | null;
  readonly interactive: BenchmarkTargets | null;
}

/** A model of which only the size is public or modelled: an architecture of that size stands in for its own. */
export interface ModelSize {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly parameters: Fact;
  readonly activeParameters: Fact | null;
  /** tokens of the published training run, where stated */
  readonly tokens: Fact | null;
  /** share of the layers with full attention, for hybrid models */
  readonly attentionLayerShare: Fact | null;
}

/** A machine as a cloud rents it. */
export interface CloudInstance {
  /** its name with the provider, such as 'p5.48xlarge' */
  readonly id: string;
  readonly provider: string;
  readonly aliases: readonly string[];
  readonly acceleratorId: string;
  readonly accelerators: Fact;
}

export type RentalTerm =
  'on demand' | 'spot' | 'reserved 1 year' | 'reserved 3 years' | 'capacity block' | 'market';

export interface RentalQuote {
  readonly id: string;
  readonly provider: string;
  readonly instance: string | null;
  readonly acceleratorId: string;
  readonly term: RentalTerm;
  readonly region: string | null;
  readonly date: string;
  /** USD per accelerator-hour */
  readonly price: Fact;
}

/** A place with a grid: what a kilowatt-hour costs and emits there. */
export interface Region {
  readonly id: string;
  readonly name: string;
  /** USD/kWh, industrial tariff; null where no sourced price exists */
  readonly electricityPrice: Fact | null;
  /** g CO₂e/kWh, location-based */
  readonly gridCarbon: Fact;
}

/** Where a region is: the city that stands for it. */
export interface Place {
  readonly regionId: string;
  /** degrees, north and east positive */
  readonly latitude: Fact;
  readonly longitude: Fact;
}

/** General figures that are not tied to one part: PUE, failure rates, network share of capital cost, efficiencies. */
export type Assumptions = Readonly<Record<string, Fact & { readonly label: string }>>;

export interface Catalogue {
  /** ISO date of the newest row */
  readonly date: string;
  readonly sources: ReadonlyMap<string, Source>;
  readonly accelerators: ReadonlyMap<string, Accelerator>;
  /** by the id of the accelerator */
  readonly parallelUnits: ReadonlyMap<string, ParallelUnits>;
  readonly systems: ReadonlyMap<string, System>;
  readonly models: ReadonlyMap<string, Model>;
  readonly imageModels: ReadonlyMap<string, ImageModel>;
  readonly videoModels: ReadonlyMap<string, VideoModel>;
  readonly sequenceModels: ReadonlyMap<string, SequenceModel>;
  /** by the id of the model that they ask for */
  readonly benchmarks: ReadonlyMap<string, ServingBenchmark>;
  readonly modelSizes: ReadonlyMap<string, ModelSize>;
  readonly instances: ReadonlyMap<string, CloudInstance>;
  readonly regions: ReadonlyMap<string, Region>;
  /** by the id of the region */
  readonly places: ReadonlyMap<string, Place>;
  readonly rentalQuotes: readonly RentalQuote[];
  readonly assumptions: Assumptions;
  readonly network: NetworkCatalogue;
}
