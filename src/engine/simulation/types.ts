/** What a simulated fleet is given, and what it answers; times in seconds, lengths in tokens. */

/** Requests in order of arrival. */
export interface RequestStream {
  readonly arrival: Float64Array;
  readonly input: Int32Array;
  readonly output: Int32Array;
}

/** The physics of one replica, asked for one step at a time. */
export interface StepTimes {
  /** every one of `batch` requests gets a token; `context` tokens are attended to by each, on average */
  readonly decode: (batch: number, context: number) => number;
  /** `prompts` prompts of together `tokens` tokens are processed by themselves */
  readonly prefill: (prompts: number, tokens: number) => number;
  /** a decode step that also processes `tokens` tokens of a prompt */
  readonly mixed: (batch: number, context: number, tokens: number) => number;
}

export type SchedulerPolicy =
  /** waiting prompts go before the next tokens of running requests */
  | 'prefill first'
  /** every step decodes and processes a piece of a prompt, up to the token budget */
  | 'chunked prefill'
  /** new prompts wait until nobody is decoding */
  | 'decode first';

export interface ReplicaSetup {
  readonly times: StepTimes;
  readonly policy: SchedulerPolicy;
  /** tokens of key–value cache */
  readonly cacheTokens: number;
  readonly largestBatch: number;
  /** prompt tokens of one step */
  readonly tokenBudget: number;
  /** share of the answer set aside when a request starts, 0–1; where it is too little the newest request is preempted */
  readonly reservedAnswer: number;
  /** seconds between arrival and the moment that the scheduler sees a request */
  readonly requestOverhead: number;
  /** what each request that decodes adds to that; none when not given */
  readonly userOverhead?: number;
}

export type RouterPolicy =
  | 'round robin'
  /** fewest tokens still to be processed */
  | 'least loaded'
  /** fewest requests */
  | 'join shortest queue'
  /** the shorter of two drawn at random */
  | 'power of two';

/** A pool apart for prompts: the cache travels to the decoding replica. */
export interface Disaggregation {
  readonly prefillReplicas: number;
  readonly prefill: ReplicaSetup;
  readonly transferSecondsPerToken: number;
  readonly transferSecondsFixed: number;
}

export interface Autoscaling {
  readonly minimum: number;
  readonly startUpSeconds: number;
  readonly intervalSeconds: number;
  /** requests in a replica above which one more is started, below half of which one is stopped */
  readonly requestsPerReplica: number;
}

/** Replicas that stop at a time: a node, or a site. */
export interface Outage {
  readonly at: number;
  readonly seconds: number;
  readonly firstReplica: number;
  readonly replicas: number;
}

export interface FleetSetup {
  readonly replicas: number;
  readonly replica: ReplicaSetup;
  readonly router: RouterPolicy;
  /** requests that may wait on one replica before further ones are turned away */
  readonly queueLimit: number;
  readonly disaggregation: Disaggregation | null;
  readonly autoscaling: Autoscaling | null;
  readonly outages: readonly Outage[];
  readonly seed: number;
}

/** Times of every request, and what the fleet did. Requests that were turned away have NaN times. */
export interface SimulationTrace {
  readonly firstToken: Float64Array;
  readonly finish: Float64Array;
  /** when the prompt began to be processed */
  readonly start: Float64Array;
  readonly finished: number;
  readonly rejected: number;
  readonly preempted: number;
  /** sent again because their replica failed */
  readonly restarted: number;
  readonly tokens: number;
  readonly events: number;
  /** from the first arrival to the last token */
  readonly endSeconds: number;
  /** replica-seconds spent on steps, and those available */
  readonly busySeconds: number;
  readonly availableSeconds: number;
  /** requests in the fleet, integrated over time */
  readonly requestSeconds: number;
  readonly largestReplicas: number;
  readonly isCancelled: boolean;
}
