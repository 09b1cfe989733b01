import { KeyedHeap, WaitingLine } from './queues';
import type { RequestBook } from './requests';
import type { ReplicaSetup } from './types';

/**
 * One replica with continuous batching. Decode steps between two events are one run: everybody in the batch gets a token per
 * step, so the run's length is known from whoever finishes first, and a heap by finishing step says who that is.
 */
export class Replica {
  isUp = true;
  /** takes new requests; a replica that is being stopped finishes what it has */
  isOpen = true;
  isStarting = false;
  busySeconds = 0;
  /** tokens of its requests, prompt and answer */
  load = 0;
  /** running, in a prompt or waiting */
  requests = 0;
  private readonly line = new WaitingLine();
  private readonly finishing = new KeyedHeap();
  private newest: number[] = [];
  private batch = 0;
  private contextSum = 0;
  private setAside = 0;
  private step = 0;
  /** prompts of the step under way that it ends, and a prompt of which pieces are left */
  private ending: number[] = [];
  private partial = -1;
  private partialLeft = 0;
  private runStart = 0;
  private runStep = 0;
  private runSteps = 0;
  private decodes = false;
  private isBusy = false;

  constructor(
    readonly index: number,
    private readonly setup: ReplicaSetup,
    private readonly book: RequestBook,
    /** where a processed prompt goes; null: it is decoded here */
    private readonly handOver: ((request: number, time: number) => void) | null = null,
  ) {}

  get waiting(): number {
    return this.line.length;
  }

  /** Takes a request and returns when the next step ends. */
  take(request: number, time: number): number {
    this.book.home[request] = this.index;
    this.line.push(request);
    this.load += this.book.whole(request);
    this.requests += 1;
    if (!this.isBusy) return this.begin(time);
    if (this.decodes && this.runSteps > 1 && this.partial < 0 && this.mayInterrupt(request)) {
      const passed = Math.max(1, Math.ceil((time - this.runStart) / this.runStep));
      this.runSteps = Math.min(this.runSteps, passed);
    }
    return this.runEnd;
  }

  private get runEnd(): number {
    return this.runStart + this.runSteps * this.runStep;
  }

  private mayInterrupt(request: number): boolean {
    return this.setup.policy !== 'decode first' && this.line.length === 1 && this.fits(request);
  }

  private reserve(request: number): number {
    const { book, setup } = this;
    return book.prompt(request) + Math.max(1, setup.reservedAnswer * book.left(request));
  }

  private fits(request: number): boolean {
    const { cacheTokens, largestBatch } = this.setup;
    if (this.batch + this.ending.length + (this.partial < 0 ? 0 : 1) >= largestBatch) return false;
    const held = Math.max(this.setAside, this.contextSum + this.batch);
    return held + this.reserve(request) <= cacheTokens || this.batch + this.ending.length === 0;
  }

  /** Ends the step under way at its time and begins the next; returns when that ends, infinity when there is nothing to do. */
  proceed(time: number): number {
    this.isBusy = false;
    this.busySeconds += this.runSteps * this.runStep;
    if (this.decodes) this.decoded(this.runSteps, time);
    for (const request of this.ending) this.prompted(request, time);
    this.ending = [];
    return this.begin(time);
  }

  private decoded(steps: number, time: number): void {
    this.step += steps;
    this.contextSum += steps * this.batch;
    this.book.tokens += steps * this.batch;
    while (this.finishing.leastKey <= this.step) {
      const request = this.finishing.least;
      const isCurrent =
        this.book.finishStep[request] === this.finishing.leastKey &&
        this.book.home[request] === this.index;
      this.finishing.pop();
      if (!isCurrent) continue;
      this.batch -= 1;
      this.contextSum -= this.book.whole(request);
      this.setAside -= this.asideOf(request);
      this.leave(request, time);
    }
  }

  private asideOf(request: number): number {
    return this.book.input(request) + this.setup.reservedAnswer * this.book.output(request);
  }

  private leave(request: number, time: number): void {
    this.load -= this.book.whole(request);
    this.requests -= 1;
    this.book.remaining[request] = 0;
    this.book.markFinish(request, time);
  }

  private prompted(request: number, time: number): void {
    const { book, setup } = this;
    book.markFirst(request, time, setup.requestOverhead + (setup.userOverhead ?? 0) * this.batch);
    if (book.left(request) <= 0) {
      this.setAside -= this.asideOf(request);
      this.leave(request, time);
      return;
    }
    if (this.handOver !== null) {
      this.setAside -= this.asideOf(request);
      this.load -= book.whole(request);
      this.requests -= 1;
      this.handOver(request, time);
      return;
    }
    this.join(request);
  }

  private join(request: number): void {
    const finish = this.step + this.book.left(request);
    this.book.finishStep[request] = finish;
    this.finishing.push(finish, request);
    this.newest.push(request);
    this.batch += 1;
    this.contextSum += this.book.prompt(request);
  }

  private begin(time: number): number {
    const prompts = this.gather(time);
    if (prompts > 0 || this.partial >= 0) return this.runEnd;
    if (this.batch === 0) return this.rest();
    return this.decodeRun(time);
  }

  private rest(): number {
    this.decodes = false;
    this.runSteps = 0;
    return Infinity;
  }

  /** Starts a step with prompts where the policy lets it; returns how many tokens of prompts it has. */
  private gather(time: number): number {
    const { policy, tokenBudget, times } = this.setup;
    if (policy === 'decode first' && this.batch > 0) return 0;
    const isChunked = policy === 'chunked prefill';
    let room = isChunked ? Math.max(1, tokenBudget - this.batch) : tokenBudget;
    let tokens = 0;
    if (this.partial >= 0) {
      tokens = Math.min(room, this.partialLeft);
      this.partialLeft -= tokens;
      room -= tokens;
      if (this.partialLeft === 0) {
        this.ending.push(this.partial);
        this.partial = -1;
      }
    }
    while (room > 0 && this.partial < 0 && this.line.length > 0) {
      const request = this.line.first;
      const isCached = this.book.cached[request] === 1;
      const prompt = isCached ? 0 : this.book.prompt(request);
      if (!isChunked && tokens > 0 && prompt > room) break;
      if (!this.fits(request)) break;
      this.line.shift();
      this.setAside += this.asideOf(request);
      if (Number.isNaN(this.book.start[request])) this.book.start[request] = time;
      if (isCached) {
        this.book.cached[request] = 0;
        this.join(request);
        continue;
      }
      const piece = isChunked ? Math.min(room, prompt) : prompt;
      tokens += piece;
      room -= piece;
      if (piece < prompt) {
        this.partial = request;
        this.partialLeft = prompt - piece;
      } else this.ending.push(request);
    }
    if (tokens === 0) return 0;
    this.isBusy = true;
    this.runStart = time;
    this.runSteps = 1;
    this.decodes = isChunked && this.batch > 0;
    if (this.decodes) {
      this.makeRoom(1);
      this.runStep = times.mixed(this.batch, this.contextSum / Math.max(1, this.batch), tokens);
    } else this.runStep = times.prefill(Math.max(1, this.ending.length), tokens);
    return tokens;
  }

  private decodeRun(time: number): number {
    this.makeRoom(1);
    const untilFinish = Math.max(1, this.nextFinish() - this.step);
    const free = this.setup.cacheTokens - this.contextSum;
    const untilFull = Math.max(1, Math.floor(free / this.batch));
    this.runSteps = Math.min(untilFinish, untilFull);
    const context = this.contextSum / this.batch + this.runSteps / 2;
    this.runStep = this.setup.times.decode(this.batch, context);
    this.runStart = time;
    this.decodes = true;
    this.isBusy = true;
    return this.runEnd;
  }

  private nextFinish(): number {
    for (;;) {
      const request = this.finishing.least;
      if (request < 0) return Infinity;
      const key = this.finishing.leastKey;
      if (this.book.finishStep[request] === key && this.book.home[request] === this.index)
        return key;
      this.finishing.pop();
    }
  }

  /** Sends the newest requests back to the line until every running one has room for its next tokens. */
  private makeRoom(steps: number): void {
    while (this.batch > 1 && this.contextSum + steps * this.batch > this.setup.cacheTokens) {
      const request = this.newest.pop();
      if (request === undefined) return;
      const finish = this.book.finishStep[request] as number;
      if (this.book.home[request] !== this.index || finish < 0) continue;
      this.book.remaining[request] = finish - this.step;
      this.contextSum -= this.book.prompt(request);
      this.setAside -= this.asideOf(request);
      this.batch -= 1;
      this.book.finishStep[request] = -1;
      this.book.preempted += 1;
      this.line.unshift(request);
    }
    if (this.newest.length > 64 && this.newest.length > 4 * this.batch) this.forget();
  }

  private forget(): void {
    const { book, index } = this;
    this.newest = this.newest.filter(
      (request) => book.home[request] === index && (book.finishStep[request] as number) >= 0,
    );
  }

  /** Stops at once; returns every request that was on it. */
  fail(time: number): number[] {
    if (this.isBusy) this.busySeconds += Math.max(0, time - this.runStart);
    const lost: number[] = [...this.ending];
    if (this.partial >= 0) lost.push(this.partial);
    while (this.nextFinish() < Infinity) {
      const request = this.finishing.least;
      this.finishing.pop();
      this.book.remaining[request] = (this.book.finishStep[request] as number) - this.step;
      this.book.finishStep[request] = -1;
      lost.push(request);
    }
    while (this.line.length > 0) {
      lost.push(this.line.first);
      this.line.shift();
    }
    this.finishing.clear();
    this.newest = [];
    this.ending = [];
    this.partial = -1;
    this.batch = 0;
    this.contextSum = 0;
    this.setAside = 0;
    this.load = 0;
    this.requests = 0;
    this.isBusy = false;
    this.isUp = false;
    this.rest();
    return lost;
  }
}
