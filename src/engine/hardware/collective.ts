import type { CollectiveConstants } from './constants';
import type { Device } from './device';
import { blend } from './matmul';

/** What one participant of a collective sees of the network, in SI units. */
export interface Link {
  /** one direction */
  readonly bytesPerSecond: number;
  /** the same for traffic that goes to all members alike; absent: no different */
  readonly uniformBytesPerSecond?: number;
  readonly baseSeconds: number;
  readonly stepSeconds: number;
  readonly bandwidthFraction: number;
  readonly blendExponent: number;
  readonly tier: 'scale-up' | 'scale-out';
  /** the engines' own all-reduce of short messages, beside what the library takes for long ones; absent: the library's alone */
  readonly direct?: DirectReduction;
}

/** An all-reduce in which every rank reads the whole messages of all others, with the library's latency where that is faster. */
export interface DirectReduction {
  /** share of the link rate that reading from all others at once reaches, 0–1 */
  readonly bandwidthFraction: number;
  readonly libraryBaseSeconds: number;
  readonly libraryStepSeconds: number;
}

/** Which code runs a collective: a general library, or the serving engines' own kernels for short messages. */
export type CollectiveCode = 'library' | 'low latency';

/**
 * The link that a group of ranks talks over. Ranks are numbered along the scale-up domains; the group's members are
 * `stride` apart. A group that fits into one domain uses the scale-up link; where links go to each peer by themselves, those
 * to its own members alone. Of a larger group, g = ⌊domain / stride⌋
 * members share a domain and each brings its own network port, so that a ring crosses domains at g times the rate of
 * one port, never faster than the scale-up link.
 *
 *   B_in = B_up · min(1, (n − 1) / peers)                                          (links without a switch)
 *   B = min(B_in of g members, g · B_out, m · σ · B_out for every border that the group crosses)
 *   B_all = min(ε · B, σ′ · B_out · n / (n − m) for every border that the group crosses)      (all-to-all)
 *
 * m members of the group in one unit behind the border · σ, σ′ share of the ports' rate that the border lets through to a
 * neighbouring unit and to all units (NetworkCut) · ε share that an exchange of all with all reaches of the adapter, 1 unless it is known (uniformFraction). All groups of a kind are taken to communicate at the same time, so that a
 * unit of u accelerators sends u / m rings' worth of B through u · σ · B_out.
 *
 * Leaves out: several groups using the same port, rail misalignment, placement of a job on scattered nodes.
 * Source: per-accelerator wire rate of hierarchical all-reduce, S. Bekman, Machine Learning Engineering,
 * https://github.com/stas00/ml-engineering/blob/master/network/README.md, read 2026-08-22.
 */
export function linkFor(
  device: Device,
  participants: number,
  stride: number,
  code: CollectiveCode = 'library',
): Link {
  const { constants, scaleUp, scaleOut } = device;
  if (participants * stride <= scaleUp.domain) {
    const chosen = code === 'library' ? constants.library : constants.lowLatency;
    const made = link(
      chosen,
      insideRate(device, participants),
      constants.collectiveBlendExponent,
      'scale-up',
    );
    const limited =
      scaleUp.bandwidthFraction === undefined
        ? made
        : { ...made, bandwidthFraction: scaleUp.bandwidthFraction };
    return code === 'library' ? limited : { ...limited, direct: directReduction(device) };
  }
  const membersPerDomain = Math.max(1, Math.min(participants, Math.floor(scaleUp.domain / stride)));
  const crossing = scaleOut.bytesPerSecond * membersPerDomain;
  const rate =
    membersPerDomain > 1 ? Math.min(insideRate(device, membersPerDomain), crossing) : crossing;
  const { uniformFraction } = scaleOut;
  const open = link(constants.scaleOut, rate, constants.collectiveBlendExponent, 'scale-out');
  const free =
    uniformFraction === undefined
      ? open
      : { ...open, uniformBytesPerSecond: uniformFraction * rate };
  return scaleOut.cuts === undefined && scaleOut.extraStepSeconds === undefined
    ? free
    : throughFabric(free, device, participants, stride);
}

function directReduction({ constants, scaleUp }: Device): DirectReduction {
  const { directFraction, library } = constants;
  return {
    bandwidthFraction: Math.min(directFraction, scaleUp.bandwidthFraction ?? 1),
    libraryBaseSeconds: library.baseSeconds,
    libraryStepSeconds: library.stepSeconds,
  };
}

/** Rate inside a domain at which each of that many members reaches the others. */
function insideRate({ scaleUp }: Device, members: number): number {
  const { bytesPerSecond, directPeers } = scaleUp;
  return directPeers === undefined || members > directPeers
    ? bytesPerSecond
    : (bytesPerSecond * (members - 1)) / directPeers;
}

/** The link as the borders of the fabric between the members leave it: never faster. */
function throughFabric(free: Link, device: Device, participants: number, stride: number): Link {
  const { bytesPerSecond: port, cuts = [], extraStepSeconds = 0 } = device.scaleOut;
  let neighbour = free.bytesPerSecond;
  let uniform = free.uniformBytesPerSecond ?? free.bytesPerSecond;
  for (const cut of cuts) {
    if (participants * stride <= cut.accelerators) continue;
    const inside = Math.max(1, Math.min(participants, Math.floor(cut.accelerators / stride)));
    neighbour = Math.min(neighbour, inside * cut.neighbourShare * port);
    if (inside < participants) {
      uniform = Math.min(
        uniform,
        (cut.uniformShare * port * participants) / (participants - inside),
      );
    }
  }
  return {
    ...free,
    bytesPerSecond: neighbour,
    uniformBytesPerSecond: uniform,
    stepSeconds: free.stepSeconds + extraStepSeconds,
  };
}

function link(
  constants: CollectiveConstants,
  bytesPerSecond: number,
  blendExponent: number,
  tier: Link['tier'],
): Link {
  // Written out: a search makes millions of these, and spreading is several times slower.
  const { baseSeconds, stepSeconds, bandwidthFraction } = constants;
  return { bytesPerSecond, baseSeconds, stepSeconds, bandwidthFraction, blendExponent, tier };
}

/**
 * Time from latency and volume with a gradual passage between them, as protocols change with message size.
 *
 *   t = ( (α₀ + n_steps · α)^q + (V / (η · B))^q )^(1/q)
 */
function collectiveSeconds(link: Link, steps: number, volume: number): number {
  const latency = link.baseSeconds + steps * link.stepSeconds;
  const transfer = volume / (link.bytesPerSecond * link.bandwidthFraction);
  return blend(latency, transfer, link.blendExponent);
}

/**
 * Time for an all-reduce: every participant ends with the sum of all buffers.
 *
 *   V = 2 · (n − 1) / n · S      steps = 2 · (n − 1) in one domain, at most 2 · ⌈log₂ n⌉ across domains (tree)
 *   t = ( (α₀ + steps · α)^q + (V / (η · B))^q )^(1/q)
 *   t′ = min( α₀′ + steps · α′ + (n − 1) · S / (β · B), t )                    (the serving engines' own)
 *
 * n participants [1] · S buffer per participant [B] · B link bandwidth, one direction [B/s] · η share of it that long
 * messages reach · α₀, α time to start and per step [s] · q how gradually latency gives way to bandwidth · α₀′, α′ time to start and per
 * step where every participant reads the whole buffers of all others, β share of the link bandwidth that it then reaches [1]; above some
 * hundred kilobytes engines leave it to the library.
 * With α₀ = α = 0 and η = 1 this is the ring bound 2 (n − 1) S / (n B).
 *
 * Leaves out: contention, reduction inside the switch, overlap with computation.
 * Source: Patarasuk and Yuan 2009, Bandwidth optimal all-reduce algorithms for clusters of workstations,
 * https://doi.org/10.1016/j.jpdc.2008.09.002 (from memory); constants fitted to the NCCL and serving all-reduce timings of
 * ai-dynamo/aiconfigurator, commit 095f58a, https://github.com/ai-dynamo/aiconfigurator, read 2026-11-23 and 2026-11-30: from a megabyte
 * on both tables agree.
 */
export function allReduceSeconds(bytes: number, participants: number, link: Link): number {
  if (participants <= 1) return 0;
  const ringSteps = 2 * (participants - 1);
  const treeSteps = 2 * Math.ceil(Math.log2(participants));
  const steps = link.tier === 'scale-up' ? ringSteps : Math.min(ringSteps, treeSteps);
  const volume = (2 * (participants - 1) * bytes) / participants;
  const { direct } = link;
  if (direct === undefined) return collectiveSeconds(link, steps, volume);
  const reading = ((participants - 1) * bytes) / (link.bytesPerSecond * direct.bandwidthFraction);
  return Math.min(
    link.baseSeconds + steps * link.stepSeconds + reading,
    collectiveSeconds(
      { ...link, baseSeconds: direct.libraryBaseSeconds, stepSeconds: direct.libraryStepSeconds },
      steps,
      volume,
    ),
  );
}

/**
 * Time for a ring reduce-scatter of S bytes per participant: V = (n − 1) / n · S in n − 1 steps; symbols as in allReduceSeconds.
 *
 * Leaves out: contention, overlap with computation. Source: as allReduceSeconds.
 */
export function reduceScatterSeconds(bytes: number, participants: number, link: Link): number {
  if (participants <= 1) return 0;
  return collectiveSeconds(link, participants - 1, ((participants - 1) * bytes) / participants);
}

/**
 * Time for a ring all-gather after which every participant holds S bytes: V = (n − 1) / n · S in n − 1 steps;
 * symbols as in allReduceSeconds.
 *
 * Leaves out: contention, overlap with computation. Source: as allReduceSeconds.
 */
export function allGatherSeconds(bytes: number, participants: number, link: Link): number {
  return reduceScatterSeconds(bytes, participants, link);
}

/**
 * Time for an all-to-all in which every participant sends S bytes, S / n to each: V = (n − 1) / n · S, all peers at once;
 * symbols as in allReduceSeconds.
 *
 * Leaves out: uneven loads, congestion at the receiver. Source: as allReduceSeconds.
 */
export function allToAllSeconds(bytes: number, participants: number, link: Link): number {
  if (participants <= 1) return 0;
  const uniform =
    link.uniformBytesPerSecond === undefined
      ? link
      : { ...link, bytesPerSecond: link.uniformBytesPerSecond };
  return collectiveSeconds(uniform, 1, ((participants - 1) * bytes) / participants);
}

/**
 * Time to send S bytes to one neighbour: V = S in one step; symbols as in allReduceSeconds.
 *
 * Leaves out: contention, overlap with computation. Source: as allReduceSeconds.
 */
export function pointToPointSeconds(bytes: number, link: Link): number {
  return collectiveSeconds(link, 1, bytes);
}
