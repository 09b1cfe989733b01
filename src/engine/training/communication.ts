import {
  allGatherSeconds,
  allToAllSeconds,
  linkFor,
  pointToPointSeconds,
  reduceScatterSeconds,
} from '../hardware/collective';
import { isHostDriven, type Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import type { MixtureOfExperts } from '../catalogue/types';
import { expertWidth, sharedWidth } from '../model/parameters';
import { bytesPerElement } from '../model/precision';
import type { TrainingConstants } from './constants';
import {
  denseReplicas,
  denseShards,
  expertLoad,
  expertReplicas,
  expertShards,
  type RoutingConstants,
  tokensPerMicroBatch,
  type TrainingJob,
} from './job';
import type { Block } from './layer-time';
import { parametersPerAccelerator, trainedWeightBytes } from './model-state';
import { noRing, ringTime, sumOf } from './ring-time';
import { copyingSeconds, hostSeconds } from './shard-copies';
import { linkOfGroup } from './torus-links';
import { dispatcherOf, softwareOf, type ExpertDispatcher, type TrainingSoftware } from './software';

const activationBytes = 2;

/**
 * Exposed time of tensor-parallel collectives of one layer and micro-batch, forward and backward.
 *
 *   t = ξ · 2 · (c · pair(n·h·2 bytes over TP) + pair(n/TP·x·k·h·2 bytes over x))
 *   pair = all-gather + reduce-scatter        c = 2 blocks, 1 in a layer without a block, with blocks side by side or
 *   with routed experts alone
 *
 * n tokens [1] · h hidden width [1] · x ranks that share an expert [1] · k experts per token [1] · ξ share that computation
 * does not hide [1]. Both directions.
 *
 * Through DTensor both collectives of a pair copy n·h·2 bytes as well, and the gathered ones are of 8 bits where products scaled by tensor
 * are.
 *
 * Leaves out: the extra all-gather of saved inputs, which overlaps.
 * Source: Korthikanti et al. 2022, section 4.2.2, https://arxiv.org/abs/2205.05198; all_gather_tensor and reduce_scatter_tensor of
 * torch/distributed/_functional_collectives.py (torch.cat for dimensions other than the first); pytorch/ao, float8_tensor_parallel.py;
 * from memory.
 */
export function tensorParallelSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  block: Block,
): number {
  const ranks = job.layout.tensorParallel;
  const experts = block === 'experts' ? job.architecture.mixtureOfExperts : null;
  const expertRanks = experts ? (job.expertTensorParallel ?? 1) : 1;
  if (ranks <= 1 && expertRanks <= 1) return 0;
  const bytes = tokensPerMicroBatch(job) * job.architecture.hidden * activationBytes;
  const hasOne =
    block === 'none' ||
    job.architecture.hasParallelBlocks === true ||
    (experts !== null && sharedWidth(experts) === 0);
  const blocks = hasOne ? 1 : 2;
  const software = softwareOf(job, device);
  const dense = blocks * tensorPairSeconds(job, device, bytes, ranks, software);
  const routedShare = expertWidth(job.architecture) / job.architecture.hidden;
  const routed = (bytes / ranks) * expertRanks * (experts?.expertsPerToken ?? 0) * routedShare;
  const exposed = tensorExposure(device, software, constants);
  const directions = job.trainsAdaptersOnly ? 1.5 : 2;
  return exposed * directions * (dense + pairSeconds(job, device, routed, expertRanks));
}

/** Share of the exchange of tensor ranks that computation does not hide. */
function tensorExposure(
  { unit }: Device,
  { generation, waitsForCollectives, overlapsTensorProducts }: TrainingSoftware,
  constants: TrainingConstants,
): number {
  if (unit === 'systolic' && waitsForCollectives !== true) {
    return constants.tensorParallelExposedSystolic;
  }
  if (generation === 'current' && waitsForCollectives !== true) {
    return constants.tensorParallelExposed;
  }
  return overlapsTensorProducts
    ? constants.tensorParallelExposedAsync
    : constants.tensorParallelExposedEarly;
}

/** Share of a pair's bytes where what is gathered is of 8 bits: one and two of two and two. */
const narrowPair = 0.75;

/** The pair of a block, with the copies of DTensor, each read and written; products that are cut up exchange into place. */
function tensorPairSeconds(
  job: TrainingJob,
  device: Device,
  bytes: number,
  ranks: number,
  { copiesSequences, gathersNarrow, overlapsTensorProducts }: TrainingSoftware,
): number {
  const moved = (gathersNarrow ? narrowPair : 1) * bytes;
  const copies =
    ranks > 1 && copiesSequences && !overlapsTensorProducts
      ? 2 * streamSeconds(device, 2 * moved)
      : 0;
  return pairSeconds(job, device, moved, ranks) + copies;
}

/** An all-gather and a reduce-scatter between neighbouring ranks. */
function pairSeconds(job: TrainingJob, device: Device, bytes: number, ranks: number): number {
  if (ranks <= 1) return 0;
  // Both take the same time.
  return 2 * allGatherSeconds(bytes, ranks, linkOfGroup(job, device, ranks, 1));
}

/** What of the exchange of experts stays visible, and how uneven it is; see TrainingConstants. */
export type ExpertExposure = Pick<
  TrainingConstants,
  'expertParallelExposed' | 'expertParallelExposedAcross' | keyof RoutingConstants
>;

/** Ways to choose some of a number of things. */
function choices(from: number, chosen: number): number {
  let ways = chosen <= from ? 1 : 0;
  for (let taken = 0; taken < chosen; taken += 1) ways *= (from - taken) / (taken + 1);
  return ways;
}

/**
 * Expected number of different ranks or domains, of `count`, that a token's experts fall into, drawn evenly from the groups that
 * it may use: of each place, as many groups are open as chance has it where it holds several, and one place holds a part of a
 * group where there are more places than groups.
 */
function placesPerToken(count: number, { expertsPerToken, groups }: MixtureOfExperts): number {
  const held = groups === undefined ? 0 : groups.count / count;
  if (!groups || !Number.isInteger(held) || held <= 1) {
    const open = groups ? Math.max(1, (count * groups.perToken) / groups.count) : count;
    return open * (1 - (1 - 1 / open) ** expertsPerToken);
  }
  let reached = 0;
  for (let open = 1; open <= Math.min(held, groups.perToken); open += 1) {
    const ways = choices(held, open) * choices(groups.count - held, groups.perToken - open);
    const isUsed = 1 - (1 - open / groups.perToken) ** expertsPerToken;
    reached += (ways / choices(groups.count, groups.perToken)) * isUsed;
  }
  return count * reached;
}

/** Copies of a token that are sent to `count` ranks or domains that hold the experts. */
function copiesPerToken(
  dispatcher: ExpertDispatcher,
  count: number,
  experts: MixtureOfExperts,
): number {
  if (dispatcher === 'gather') return count;
  return dispatcher === 'copies' ? experts.expertsPerToken : placesPerToken(count, experts);
}

/**
 * Exposed time of expert dispatch and combination of one expert layer and micro-batch, forward and backward.
 *
 *   t = 4 · i · max(ξ_in · inside, ξ_out · across)
 *   inside: all-to-all of n/TP · c(g) · h · 2 bytes over the scale-up link, g ranks of the group in a domain
 *   across: all-to-all of n/TP · c(D) · h · 2 bytes over each rank's own port, D = EP / g domains
 *   c(x) = k, one copy per expert of a general all-to-all
 *        = x, everything to everyone
 *        = x′·(1 − (1 − 1/x′)^k), once to every rank or domain, x′ = x · groups per token / groups; the mean over which groups are
 *          open where a rank or domain holds several
 *
 * n tokens [1] · k experts per token [1] · h width that the experts work in [1] · i load of the busiest rank over the mean [1] ·
 * ξ share that computation does not hide, another inside than across; all of a general collective, which nothing computes
 * behind, but on TPUs, whose compiler schedules it [1]. Deduplicated copies cross to a domain once and are passed on there.
 *
 * Over Amazon's adapter nothing is hidden, and a copy of a token takes no less than a short message does.
 *
 * Leaves out: 8-bit dispatch; congestion.
 * Source: Lepikhin et al. 2020, GShard, section 3, https://arxiv.org/abs/2006.16668; one copy per node: DeepSeek-AI 2024,
 * DeepSeek-V3, section 3.2.2, https://arxiv.org/abs/2412.19437; dispatchers of Megatron Core,
 * https://github.com/NVIDIA/Megatron-LM; all from memory.
 */
export function expertParallelSeconds(
  job: TrainingJob,
  device: Device,
  constants: ExpertExposure,
): number {
  const experts = job.architecture.mixtureOfExperts;
  const { expertParallel, tensorParallel } = job.layout;
  if (!experts || expertParallel <= 1) return 0;
  const dispatcher = dispatcherOf(job, device);
  const load = dispatcher === 'gather' ? 1 : expertLoad(job, constants);
  const tokenBytes =
    (tokensPerMicroBatch(job) / tensorParallel) * expertWidth(job.architecture) * activationBytes;
  // Ranks that share an expert are neighbours; the ranks of an all-to-all stand that far apart.
  const stride = job.expertTensorParallel ?? 1;
  const perDomain = Math.max(1, Math.floor(device.scaleUp.domain / stride));
  const members = Math.min(expertParallel, perDomain);
  const inside = allToAllSeconds(
    tokenBytes * copiesPerToken(dispatcher, members, experts) * load,
    members,
    linkOfGroup(job, device, members, stride),
  );
  const domains = expertParallel / members;
  const across =
    domains <= 1
      ? 0
      : allToAllSeconds(
          tokenBytes * copiesPerToken(dispatcher, domains, experts) * load,
          domains,
          linkFor(device, domains, device.scaleUp.domain),
        );
  const isWaitedFor =
    (dispatcher !== 'deduplicated' && device.unit !== 'systolic') ||
    softwareOf(job, device).overlapsExperts === false;
  // Kernels that dispatch tokens send each by itself, and nothing computes meanwhile.
  const isByHost = isHostDriven(device);
  const messages =
    isByHost && dispatcher === 'deduplicated'
      ? (tokensPerMicroBatch(job) / tensorParallel) * copiesPerToken(dispatcher, domains, experts)
      : 0;
  const { elasticAdapterMessageBytes: least } = device.constants;
  const sent = (messages * load * least * (domains - 1)) / domains / device.scaleOut.bytesPerSecond;
  return (
    4 *
    Math.max(
      (isWaitedFor ? 1 : constants.expertParallelExposed) * inside,
      (isWaitedFor || isByHost ? 1 : constants.expertParallelExposedAcross) *
        Math.max(across, sent),
    )
  );
}

/**
 * Time to hand the activations of one micro-batch to the next stage and to take their gradient back.
 *
 *   t = ξ · 2 · (n·h·2 bytes / TP over the link between stages)
 *
 * n tokens [1] · h hidden width [1] · ξ share that computation does not hide [1]
 *
 * Leaves out: contention of several stages for one network port.
 * Source: Narayanan et al. 2021, section 3.2, https://arxiv.org/abs/2104.04473, from memory.
 */
export function pipelineTransferSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
): number {
  const { pipelineParallel, tensorParallel, contextParallel } = job.layout;
  if (pipelineParallel <= 1) return 0;
  const bytes =
    (tokensPerMicroBatch(job) * job.architecture.hidden * activationBytes) / tensorParallel;
  const stride = tensorParallel * contextParallel * job.dataParallel;
  const one = pointToPointSeconds(bytes, linkFor(device, 2, stride));
  return constants.pipelineTransferExposed * 2 * one;
}

/** Time of data-parallel collectives, before overlap [s]. */
export interface DataParallelTime {
  /** gradients exchanged once per step, behind a backward pass, and weights along with them in software of 2021 */
  readonly perStep: number;
  /** updated weights that today's software gathers behind the next forward pass */
  readonly behindForward: number;
  /** updated weights gathered once per step where nothing hides that */
  readonly afterward: number;
  /** weights gathered and gradients scattered for every micro-batch under ZeRO-3: the volume alone */
  readonly perMicroBatch: number;
  /** steps of the rings of those, in which every rank waits for the one before it, and copies: computation hides none of it */
  readonly waitingPerMicroBatch: number;
  /** what a rank sends for every micro-batch under ZeRO-3 [B] */
  readonly sentPerMicroBatch: number;
}

/** Gradients and weights of ZeRO-1 and 2 go in buckets of that many parameters in DeepSpeed and what follows it. */
const bucketParameters = 5e8;

/**
 * Collectives that one exchange of all weights is cut into: one per layer under ZeRO-3, buckets of a fixed size in the
 * software before today's, whose buckets grow with the ranks. Compilers of TPUs schedule as they please.
 */
function piecesOf(job: TrainingJob, device: Device, parameters: number): number {
  if (device.unit === 'systolic') return 1;
  if (job.layout.zeroStage === 3) return job.architecture.layers / job.layout.pipelineParallel;
  const { generation } = softwareOf(job, device);
  return generation === 'current' ? 1 : Math.max(1, parameters / bucketParameters);
}

/**
 * Data-parallel communication of one step: gradients are reduce-scattered, updated weights all-gathered. Under ZeRO-3
 * weights are gathered in both passes and gradients scattered in every micro-batch; under ZeRO-2 gradients are scattered in every micro-batch, by a
 * pipeline after the last.
 *
 *   t = i · (reduce-scatter(g · P / i) + all-gather(w · P / i)), over the replicas of the dense and of the expert weights
 *   weights in the host's memory: 3 · w · P / r over the host bus, for both passes and the gradients of a micro-batch
 *   hybrid sharding: both within a group of r ranks, and once per step reduce-scatter + all-gather of g · P / r between groups
 *
 * P parameters held [1] · i collectives that an exchange is cut into: a ring of many ranks makes small ones slow [1] · g bytes of
 * a gradient (two: 16-bit reduction; four where software reduces in 32 bits) [B] · w bytes of a weight [B]
 *
 * Source: Rajbhandari et al. 2020, section 7, https://arxiv.org/abs/1910.02054; buckets: defaults of DeepSpeed and Megatron
 * Core; from memory.
 */
export function dataParallelTime(job: TrainingJob, device: Device): DataParallelTime {
  const { tensorParallel, pipelineParallel, contextParallel, expertParallel, zeroStage } =
    job.layout;
  const { dense, expert } = parametersPerAccelerator(job);
  const weightWidth = trainedWeightBytes(job.precision);
  const leastWidth = softwareOf(job, device).exchangesWide ? 4 : 2;
  const gradientWidth = Math.max(leastWidth, bytesPerElement(job.precision));
  const expertRanks = Math.floor(expertReplicas(job));
  // Copies of one expert stand apart by the ranks that hold the others, and those that share one.
  const expertStride = Math.min(
    expertParallel * (job.expertTensorParallel ?? 1),
    tensorParallel * contextParallel * job.dataParallel,
  );
  const denseRanks = denseShards(job);
  const shardedExperts = Math.floor(expertShards(job));
  const between =
    groupsSeconds(device, gradientWidth * dense, denseRanks, denseReplicas(job), tensorParallel) +
    groupsSeconds(device, gradientWidth * expert, shardedExperts, expertRanks, expertStride);
  let scatter = noRing;
  let gather = noRing;
  if (denseRanks > 1) {
    const link = linkOfGroup(job, device, denseRanks, tensorParallel);
    const pieces = piecesOf(job, device, dense);
    scatter = sumOf(scatter, ringTime(gradientWidth * dense, denseRanks, link, pieces));
    gather = sumOf(gather, ringTime(weightWidth * dense, denseRanks, link, pieces));
  }
  if (shardedExperts > 1 && expert > 0) {
    const link = linkOfGroup(job, device, shardedExperts, expertStride);
    const pieces = piecesOf(job, device, expert);
    scatter = sumOf(scatter, ringTime(gradientWidth * expert, shardedExperts, link, pieces));
    gather = sumOf(gather, ringTime(weightWidth * expert, shardedExperts, link, pieces));
  }
  if (zeroStage === 3) {
    return {
      perStep: between,
      behindForward: 0,
      afterward: 0,
      perMicroBatch: scatter.moving + 2 * gather.moving + hostSeconds(job, device),
      waitingPerMicroBatch:
        scatter.waiting + 2 * gather.waiting + copyingSeconds(job, device, gradientWidth),
      sentPerMicroBatch: scatter.sent + 2 * gather.sent,
    };
  }
  const { generation, gathersAfterward } = softwareOf(job, device);
  const gathered = gather.waiting + gather.moving;
  const isApart = zeroStage > 0 && generation !== 'early';
  const waits = gathersAfterward ?? generation === 'fused';
  const afterward = isApart && waits ? gathered : 0;
  const behindForward = isApart && !waits ? gathered : 0;
  const along = between + (isApart ? 0 : gathered);
  const scattered = scatter.waiting + scatter.moving;
  // Stages of a pipeline keep their gradients until the last micro-batch.
  const [perStep, perMicroBatch] =
    zeroStage === 2 && pipelineParallel === 1 ? [along, scattered] : [along + scattered, 0];
  const sent = { waitingPerMicroBatch: 0, sentPerMicroBatch: 0 };
  return { perStep, behindForward, afterward, perMicroBatch, ...sent };
}

/** Sum of the shards of a gradient over the groups of hybrid sharding; nothing where one group holds all replicas. */
function groupsSeconds(
  device: Device,
  bytes: number,
  shards: number,
  replicas: number,
  stride: number,
): number {
  const groups = Math.floor(replicas / shards);
  if (groups <= 1 || bytes === 0) return 0;
  const link = linkFor(device, groups, stride * shards);
  const own = bytes / shards;
  return reduceScatterSeconds(own, groups, link) + allGatherSeconds(own, groups, link);
}
