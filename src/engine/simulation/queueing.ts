/** Servers above which the recursion gives way to its limit. */
const countedThrough = 10_000;

/**
 * Cumulative standard normal distribution.
 *
 * Source: Abramowitz and Stegun 1964, 26.2.17 (from memory); error below 7.5 · 10⁻⁸.
 */
function normalBelow(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return value >= 0 ? 1 - above : above;
}

/**
 * Probability of waiting in a queue with very many servers.
 *
 *   C = 1 / (1 + √(2π) · β · Φ(β) · e^(β² / 2)),   β = (c − a) / √a
 *
 * c servers [1] · a offered load [1], below c · Φ cumulative normal distribution
 *
 * Leaves out: what falls with 1 / √c. Source: Halfin and Whitt 1981 (from memory).
 */
function waitProbabilityOfMany(servers: number, offeredLoad: number): number {
  const spare = (servers - offeredLoad) / Math.sqrt(offeredLoad);
  const growth = Math.sqrt(2 * Math.PI) * spare * normalBelow(spare) * Math.exp(spare ** 2 / 2);
  return 1 / (1 + growth);
}

/**
 * Probability that an arriving request must wait, of a queue with c servers.
 *
 *   C = B / (1 − ρ · (1 − B)),   B_0 = 1,   B_k = a · B_{k−1} / (k + a · B_{k−1}),   a = λ · s,   ρ = a / c
 *
 * λ arrival rate [1/s] · s mean service time [s] · c servers [1] · B blocking probability of Erlang's loss formula [1]
 *
 * Leaves out: arrivals that are not Poisson, services that are not exponential; see waitSeconds. Above ten thousand servers its
 * limit stands in.
 * Source: Erlang 1917, C formula, by the recursion of its B formula (from memory).
 */
export function waitProbability(servers: number, offeredLoad: number): number {
  const occupancy = offeredLoad / servers;
  if (occupancy >= 1) return 1;
  if (servers > countedThrough) return waitProbabilityOfMany(servers, offeredLoad);
  let blocking = 1;
  for (let server = 1; server <= servers; server += 1) {
    blocking = (offeredLoad * blocking) / (server + offeredLoad * blocking);
  }
  return blocking / (1 - occupancy * (1 - blocking));
}

/** A queue: its arrivals, its servers and how much both vary. */
export interface Queue {
  readonly arrivalsPerSecond: number;
  readonly serviceSeconds: number;
  readonly servers: number;
  /** squared coefficients of variation of the gaps and of the services; 1 is exponential, 0 is constant */
  readonly arrivalVariation: number;
  readonly serviceVariation: number;
}

/**
 * Mean wait before service in a queue with many servers.
 *
 *   W = C(c, a) · s / (c · (1 − ρ)) · (v_a + v_s) / 2
 *
 * C see waitProbability · v_a, v_s squared variations [1]. Exact for M/M/c, and with one server and Poisson arrivals it is the
 * Pollaczek–Khinchine formula of M/G/1.
 *
 * Leaves out: services that slow down as more run side by side.
 * Source: Allen 1990, Probability, statistics and queueing theory, and Cunneen's correction (from memory).
 */
export function waitSeconds(queue: Queue): number {
  const load = queue.arrivalsPerSecond * queue.serviceSeconds;
  return meanWait(queue, waitProbability(queue.servers, load));
}

function meanWait(queue: Queue, waiting: number): number {
  const occupancy = (queue.arrivalsPerSecond * queue.serviceSeconds) / queue.servers;
  if (occupancy >= 1) return Infinity;
  const exponential = (waiting * queue.serviceSeconds) / (queue.servers * (1 - occupancy));
  return (exponential * (queue.arrivalVariation + queue.serviceVariation)) / 2;
}

/**
 * Wait that a share of requests stays below.
 *
 *   W_q = max(0, ln(C / (1 − q)) · W / C)
 *
 * q share [1] · C probability of waiting at all [1] · W mean wait [s]: those who wait do so exponentially
 *
 * Leaves out: tails heavier than exponential.
 * Source: exact for M/M/c; an approximation else, Kingman 1962 (from memory).
 */
export function waitPercentile(queue: Queue, share: number): number {
  const load = queue.arrivalsPerSecond * queue.serviceSeconds;
  const waiting = waitProbability(queue.servers, load);
  const mean = meanWait(queue, waiting);
  if (!Number.isFinite(mean)) return Infinity;
  if (waiting <= 1 - share) return 0;
  return (Math.log(waiting / (1 - share)) * mean) / waiting;
}

/** Fewest servers that are enough for a load, where more of them never wait longer; no finite number where none is. */
export function fewestServers(load: number, isEnough: (servers: number) => boolean): number {
  let few = Math.floor(load);
  let many = Math.max(1, few + 1);
  while (Number.isFinite(many) && !isEnough(many)) {
    few = many;
    many *= 2;
  }
  for (;;) {
    if (!Number.isFinite(many)) return many;
    const middle = Math.floor((few + many) / 2);
    // Beyond 2⁵³ neighbours are further apart than one.
    if (middle <= few || middle >= many) return many;
    if (isEnough(middle)) many = middle;
    else few = middle;
  }
}
