import { Agenda, KeyedHeap } from './queues';
import { randomStream } from './random';
import { Replica } from './replica';
import { RequestBook } from './requests';
import { Router } from './router';
import type { FleetSetup, RequestStream, SimulationTrace } from './types';

/** Called now and then with the share that is done; false stops the simulation. */
export type OnProgress = (share: number) => boolean;

const eventsPerProgress = 50_000;

/** Things that happen at a set time, beside arrivals and the ends of steps. */
type Timer =
  | { readonly kind: 'cache arrives'; readonly request: number }
  | { readonly kind: 'fails' | 'recovers'; readonly first: number; readonly count: number }
  | { readonly kind: 'scale' }
  | { readonly kind: 'started'; readonly replica: number };

/**
 * Discrete-event simulation of a fleet of replicas with continuous batching. The same requests, fleet and seed always give
 * the same trace. Events are arrivals, ends of steps or of runs of equal decode steps, arrivals of caches, failures, recoveries and
 * decisions of the autoscaler.
 *
 * Leaves out: time on the wire between user and site, prefixes kept for reuse, stragglers within a replica; within a run of
 * decode steps each takes as long as one at the run's mean context.
 */
export function simulateFleet(
  setup: FleetSetup,
  stream: RequestStream,
  onProgress: OnProgress = () => true,
): SimulationTrace {
  const steps = fleetSteps(setup, stream);
  let step = steps.next(true);
  while (step.done !== true) step = steps.next(onProgress(step.value));
  return step.value;
}

/** The same in pieces: yields the share that is done, and stops when it is given false. */
export function fleetSteps(
  setup: FleetSetup,
  stream: RequestStream,
): Generator<number, SimulationTrace, boolean> {
  return new FleetSimulation(setup, stream).steps();
}

class FleetSimulation {
  private readonly book: RequestBook;
  private readonly replicas: readonly Replica[];
  private readonly prefillReplicas: readonly Replica[];
  private readonly members: readonly Replica[];
  private readonly agenda: Agenda;
  private readonly timers = new KeyedHeap();
  private readonly timerList: Timer[] = [];
  private readonly router: Router;
  private readonly prefillRouter: Router;
  private homeless: number[] = [];
  private now = 0;
  private events = 0;
  private arrived = 0;
  private starting = 0;
  private available = 0;
  private availableSeconds = 0;
  private requestSeconds = 0;
  private largestReplicas = 0;

  constructor(
    private readonly setup: FleetSetup,
    private readonly stream: RequestStream,
  ) {
    const { disaggregation, autoscaling, seed } = setup;
    this.book = new RequestBook(stream);
    this.replicas = Array.from(
      { length: setup.replicas },
      (_, index) => new Replica(index, setup.replica, this.book),
    );
    this.prefillReplicas = Array.from(
      { length: disaggregation?.prefillReplicas ?? 0 },
      (_, index) =>
        new Replica(
          setup.replicas + index,
          disaggregation?.prefill ?? setup.replica,
          this.book,
          (request, time) => this.send(request, time),
        ),
    );
    this.members = [...this.replicas, ...this.prefillReplicas];
    this.agenda = new Agenda(this.members.length);
    const random = randomStream(seed);
    this.router = new Router(setup.router, this.replicas, random);
    this.prefillRouter =
      disaggregation === null
        ? this.router
        : new Router(setup.router, this.prefillReplicas, random);
    if (autoscaling !== null) {
      for (const replica of this.replicas) replica.isUp = replica.index < autoscaling.minimum;
      this.at(autoscaling.intervalSeconds, { kind: 'scale' });
    }
    for (const outage of setup.outages) {
      const place = { first: outage.firstReplica, count: outage.replicas };
      this.at(outage.at, { kind: 'fails', ...place });
      this.at(outage.at + outage.seconds, { kind: 'recovers', ...place });
    }
    this.countAvailable();
  }

  *steps(): Generator<number, SimulationTrace, boolean> {
    const { arrival } = this.stream;
    const total = arrival.length;
    let isCancelled = false;
    while (this.book.finished + this.book.rejected < total) {
      const nextArrival = this.arrived < total ? (arrival[this.arrived] as number) : Infinity;
      const nextStep = this.agenda.nextTime;
      const nextTimer = this.timers.leastKey;
      const next = Math.min(nextArrival, nextStep, nextTimer);
      if (next === Infinity) break;
      this.pass(next);
      this.events += 1;
      if (nextStep === next) this.endStep();
      else if (nextTimer === next) this.ring();
      else this.arrive();
      if (this.events % eventsPerProgress === 0 && !(yield this.book.finished / total)) {
        isCancelled = true;
        break;
      }
    }
    // Nothing can happen any more: whoever still waits for a replica waits for ever.
    if (!isCancelled) this.homeless.forEach(() => this.reject());
    return this.trace(isCancelled);
  }

  private pass(time: number): void {
    const seconds = time - this.now;
    this.requestSeconds += seconds * this.book.inFleet;
    this.availableSeconds += seconds * this.available;
    this.now = time;
  }

  private at(time: number, timer: Timer): void {
    this.timers.push(time, this.timerList.push(timer) - 1);
  }

  private endStep(): void {
    const index = this.agenda.next;
    this.agenda.set(index, (this.members[index] as Replica).proceed(this.now));
  }

  private arrive(): void {
    const request = this.arrived;
    this.arrived += 1;
    this.book.inFleet += 1;
    this.route(request);
  }

  private route(request: number): void {
    const { book, setup } = this;
    if (book.whole(request) > setup.replica.cacheTokens) {
      this.reject();
      return;
    }
    const replica = (book.cached[request] === 1 ? this.router : this.prefillRouter).choose();
    if (replica === null) {
      this.homeless.push(request);
      return;
    }
    if (replica.waiting >= setup.queueLimit && book.cached[request] === 0) {
      this.reject();
      return;
    }
    this.agenda.set(replica.index, replica.take(request, this.now));
  }

  private reject(): void {
    this.book.rejected += 1;
    this.book.inFleet -= 1;
  }

  private send(request: number, time: number): void {
    const { disaggregation } = this.setup;
    if (disaggregation === null) return;
    const seconds =
      disaggregation.transferSecondsFixed +
      disaggregation.transferSecondsPerToken * this.book.input(request);
    this.book.home[request] = -1;
    this.book.delayFirst(request, time, seconds);
    this.at(time + seconds, { kind: 'cache arrives', request });
  }

  private ring(): void {
    const timer = this.timerList[this.timers.least] as Timer;
    this.timers.pop();
    switch (timer.kind) {
      case 'cache arrives':
        this.book.cached[timer.request] = 1;
        this.route(timer.request);
        return;
      case 'fails':
        this.fail(timer.first, timer.count);
        return;
      case 'recovers':
        for (const replica of this.replicas.slice(timer.first, timer.first + timer.count)) {
          replica.isUp = true;
        }
        this.settle();
        return;
      case 'scale':
        this.scale();
        return;
      case 'started': {
        const replica = this.replicas[timer.replica] as Replica;
        this.starting -= 1;
        replica.isStarting = false;
        replica.isUp = true;
        this.settle();
      }
    }
  }

  private fail(first: number, count: number): void {
    const lost = this.replicas.slice(first, first + count).flatMap((replica) => {
      this.agenda.set(replica.index, Infinity);
      return replica.fail(this.now);
    });
    this.countAvailable();
    for (const request of lost) {
      this.book.restart(request);
      this.route(request);
    }
  }

  /** Requests that found no replica go to one that has come up. */
  private settle(): void {
    this.countAvailable();
    const waiting = this.homeless;
    this.homeless = [];
    for (const request of waiting) this.route(request);
  }

  private scale(): void {
    const { autoscaling } = this.setup;
    if (autoscaling === null) return;
    const open = this.replicas.filter((replica) => replica.isUp && replica.isOpen);
    const wanted = Math.max(
      autoscaling.minimum,
      Math.ceil(this.book.inFleet / autoscaling.requestsPerReplica),
    );
    const few = Math.ceil(this.book.inFleet / (autoscaling.requestsPerReplica / 2));
    if (wanted > open.length + this.starting) this.start(wanted - open.length - this.starting);
    else if (Math.max(autoscaling.minimum, few) < open.length) {
      const last = open.at(-1);
      if (last !== undefined) last.isOpen = false;
    }
    for (const replica of this.replicas) {
      if (!replica.isOpen && replica.requests === 0) {
        replica.isUp = false;
        replica.isOpen = true;
      }
    }
    this.countAvailable();
    this.at(this.now + autoscaling.intervalSeconds, { kind: 'scale' });
  }

  private start(wanted: number): void {
    const { autoscaling } = this.setup;
    let missing = wanted;
    for (const replica of this.replicas) {
      if (missing === 0 || autoscaling === null) return;
      if ((replica.isUp && replica.isOpen) || replica.isStarting) continue;
      missing -= 1;
      if (replica.isUp) {
        replica.isOpen = true;
        continue;
      }
      this.starting += 1;
      replica.isStarting = true;
      this.at(this.now + autoscaling.startUpSeconds, { kind: 'started', replica: replica.index });
    }
  }

  private countAvailable(): void {
    this.available = this.members.filter((replica) => replica.isUp).length;
    this.largestReplicas = Math.max(this.largestReplicas, this.available);
  }

  private trace(isCancelled: boolean): SimulationTrace {
    const { book } = this;
    return {
      firstToken: book.firstToken,
      finish: book.finish,
      start: book.start,
      finished: book.finished,
      rejected: book.rejected,
      preempted: book.preempted,
      restarted: book.restarted,
      tokens: book.tokens,
      events: this.events,
      endSeconds: this.now - (this.stream.arrival[0] ?? 0),
      busySeconds: this.members.reduce((sum, replica) => sum + replica.busySeconds, 0),
      availableSeconds: this.availableSeconds,
      requestSeconds: this.requestSeconds,
      largestReplicas: this.largestReplicas,
      isCancelled,
    };
  }
}
