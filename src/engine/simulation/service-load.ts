import { servingConstantsOn } from '../inference/device-constants';
import type { Accelerator, Catalogue, Model, Precision, System } from '../catalogue/types';
import { describeDevice } from '../hardware/device';
import { transferFixedSeconds, transferSecondsPerToken } from '../inference/cache-transfer';
import { maximumBatch, servingMemory } from '../inference/capacity';
import { allowedTensorParallel } from '../inference/findings';
import { prepareServing, type Serving, type ServingSetup } from '../inference/serving';
import type { SoftwareGeneration } from '../inference/software';
import type { ArrivalPattern } from './arrivals';
import { meanTokens, type LengthDistribution } from './lengths';
import type { Targets } from './summary';
import { tabulated } from './step-table';
import type {
  Autoscaling,
  FleetSetup,
  Outage,
  ReplicaSetup,
  RouterPolicy,
  SchedulerPolicy,
} from './types';

/** What a layout adds to tensor parallelism. */
type ReplicaLayout = Partial<
  Pick<
    ServingSetup,
    'pipelineParallel' | 'attentionGroups' | 'expertParallel' | 'adapters' | 'offloadedShare'
  >
>;

/** A service under load, before the catalogue's rows are looked up. */
export interface ServiceLoad {
  readonly model: Model;
  readonly accelerator: Accelerator;
  readonly system: System | null;
  readonly software: SoftwareGeneration;
  readonly tensorParallel: number;
  /** stages, groups for attention, experts and adapters of a replica, where it is not tensor parallel alone */
  readonly layout?: ReplicaLayout;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly replicas: number;
  readonly policy: SchedulerPolicy;
  /** null: what the serving engine usually processes together */
  readonly tokenBudget: number | null;
  /** null: what the serving engine usually sets aside */
  readonly reservedAnswer: number | null;
  readonly largestBatch: number | null;
  readonly router: RouterPolicy;
  readonly queueLimit: number;
  readonly prefillReplicas: number;
  readonly autoscaling: Autoscaling | null;
  readonly outages: readonly Outage[];
  readonly requestsPerSecond: number;
  readonly arrivals: ArrivalPattern;
  readonly input: LengthDistribution;
  readonly output: LengthDistribution;
  readonly targets: Targets | null;
}

/** A service that can be simulated, or the problem that stands in the way and what would help. */
export type PreparedService =
  | {
      readonly isReady: true;
      readonly serving: Serving;
      readonly fleet: (seed: number) => FleetSetup;
    }
  | { readonly isReady: false; readonly problem: string };

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

function problemOf(load: ServiceLoad): string | null {
  const numbers: readonly (readonly [string, number])[] = [
    ['The request rate', load.requestsPerSecond],
    ['The input length', meanTokens(load.input)],
    ['The output length', meanTokens(load.output)],
    ['The number of replicas', load.replicas],
  ];
  for (const [name, value] of numbers) {
    if (!(Number.isFinite(value) && value > 0)) return `${name} must be above zero.`;
  }
  const tokens = meanTokens(load.input) + meanTokens(load.output);
  const { contextLength } = load.model.architecture;
  if (tokens > contextLength) {
    return `A request of ${words.format(tokens)} tokens is longer than the context of ${load.model.name}, ${words.format(contextLength)} tokens. Shorten prompt or answer, or choose a model with a longer context.`;
  }
  const { heads } = load.model.architecture;
  const ranks = load.tensorParallel / (load.layout?.attentionGroups ?? 1);
  if (!Number.isInteger(ranks))
    return 'Groups for attention must divide the tensor-parallel degree.';
  if (heads % ranks !== 0) {
    return `Tensor parallel ${load.tensorParallel} does not divide ${heads} attention heads; use ${allowedTensorParallel(heads, load.tensorParallel).at(-1) ?? 1}.`;
  }
  const last = load.outages.find(
    ({ firstReplica, replicas }) => firstReplica < 0 || firstReplica + replicas > load.replicas,
  );
  return last === undefined
    ? null
    : `An outage names replicas ${last.firstReplica} to ${last.firstReplica + last.replicas - 1}; there are ${load.replicas}.`;
}

function servingAt(load: ServiceLoad, tensorParallel: number, catalogue: Catalogue): Serving {
  const device = describeDevice(load.accelerator, load.system, catalogue.assumptions);
  const constants = servingConstantsOn(device, load.software, catalogue.assumptions);
  return prepareServing(
    {
      device,
      architecture: load.model.architecture,
      weightPrecision: load.weightPrecision,
      keyValuePrecision: load.keyValuePrecision,
      pipelineParallel: 1,
      ...load.layout,
      tensorParallel,
    },
    constants,
  );
}

/** Looks at a service before it is simulated: whether it makes sense, whether it fits, and what its replicas are. */
export function prepareService(load: ServiceLoad, catalogue: Catalogue): PreparedService {
  const problem = problemOf(load);
  if (problem !== null) return { isReady: false, problem };
  const serving = servingAt(load, load.tensorParallel, catalogue);
  if (serving.device.rates[load.weightPrecision] === undefined) {
    const name = load.weightPrecision.toUpperCase();
    return {
      isReady: false,
      problem: `${load.accelerator.name} has no arithmetic for ${name} weights; choose another precision.`,
    };
  }
  const tokens = meanTokens(load.input) + meanTokens(load.output);
  if (maximumBatch(serving, tokens) < 1) {
    return { isReady: false, problem: noRoom(load, serving, tokens, catalogue) };
  }
  return { isReady: true, serving, fleet: (seed) => fleetOf(load, serving, seed) };
}

function noRoom(load: ServiceLoad, serving: Serving, tokens: number, catalogue: Catalogue): string {
  const degrees = allowedTensorParallel(
    load.model.architecture.heads,
    serving.device.scaleUp.domain,
  );
  const enough = degrees.find(
    (degree) => maximumBatch(servingAt(load, degree, catalogue), tokens) >= 1,
  );
  const { usable, weights } = servingMemory(serving);
  const advice =
    enough === undefined
      ? 'Choose narrower weights, a smaller model or an accelerator with more memory.'
      : `Tensor parallel ${enough} fits.`;
  return `${load.model.name} and one request do not fit: ${words.format(weights / 1e9)} GB of weights on each accelerator, of which ${words.format(usable / 1e9)} GB may be filled. ${advice}`;
}

/** What one replica is for the simulation. */
export function replicaSetup(load: ServiceLoad, serving: Serving): ReplicaSetup {
  const { constants } = serving;
  const held = servingMemory(serving).cache + (serving.hostCacheBytes ?? 0);
  const cache = held / serving.cacheBytesPerTokenPerAccelerator;
  return {
    times: tabulated(serving),
    policy: load.policy,
    cacheTokens: Math.floor(cache),
    largestBatch: Math.min(load.largestBatch ?? constants.largestBatch, constants.largestBatch),
    tokenBudget: load.tokenBudget ?? constants.prefillTokens * serving.attentionGroups,
    reservedAnswer: load.reservedAnswer ?? constants.reservedAnswer,
    requestOverhead: constants.requestOverheadSeconds,
    userOverhead: constants.userOverheadSeconds / serving.attentionGroups,
  };
}

function fleetOf(load: ServiceLoad, serving: Serving, seed: number): FleetSetup {
  const replica = replicaSetup(load, serving);
  return {
    replicas: load.replicas,
    replica,
    router: load.router,
    queueLimit: load.queueLimit,
    disaggregation:
      load.prefillReplicas === 0
        ? null
        : {
            prefillReplicas: load.prefillReplicas,
            prefill: { ...replica, policy: 'prefill first' },
            transferSecondsPerToken: transferSecondsPerToken(serving),
            transferSecondsFixed: transferFixedSeconds(serving),
          },
    autoscaling: load.autoscaling,
    outages: load.outages,
    seed,
  };
}
