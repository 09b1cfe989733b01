/**
 * Probability that an arriving request must wait, of a queue with c servers.
 *
 *   C = B / (1 − ρ · (1 − B)),   B_0 = 1,   B_k = a · B_{k−1} / (k + a · B_{k−1}),   a = λ · s,   ρ = a / c
 *
 * λ arrival rate [1/s] · s mean service time [s] · c servers [1] · B blocking probability of Erlang's loss formula [1]
 *
 * Leaves out: arrivals that are not Poisson, services that are not exponential; see waitSeconds.
 * Source: Erlang 1917, C formula, by the recursion of its B formula (from memory).
 */
export function waitProbability(servers: number, offeredLoad: number): number {
  const occupancy = offeredLoad / servers;
  if (occupancy >= 1) return 1;
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
  const occupancy = load / queue.servers;
  if (occupancy >= 1) return Infinity;
  const waiting = waitProbability(queue.servers, load);
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
  const mean = waitSeconds(queue);
  if (!Number.isFinite(mean)) return Infinity;
  const waiting = waitProbability(queue.servers, load);
  if (waiting <= 1 - share) return 0;
  return (Math.log(waiting / (1 - share)) * mean) / waiting;
}
