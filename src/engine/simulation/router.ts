import type { RandomStream } from './random';
import type { Replica } from './replica';
import type { RouterPolicy } from './types';

/** Chooses the replica of a request among those that are up and open; null when there is none. */
export class Router {
  private turn = 0;

  constructor(
    private readonly policy: RouterPolicy,
    private readonly replicas: readonly Replica[],
    private readonly random: RandomStream,
  ) {}

  choose(): Replica | null {
    switch (this.policy) {
      case 'round robin':
        return this.inTurn();
      case 'least loaded':
        return this.least((replica) => replica.load);
      case 'join shortest queue':
        return this.least((replica) => replica.requests);
      case 'power of two':
        return this.ofTwo();
    }
  }

  private inTurn(): Replica | null {
    const { length } = this.replicas;
    for (let tried = 0; tried < length; tried += 1) {
      const replica = this.replicas[this.turn];
      this.turn = (this.turn + 1) % length;
      if (replica?.isUp && replica.isOpen) return replica;
    }
    return null;
  }

  /** The least of all; among equals the next in turn, so that the first replicas are not preferred. */
  private least(sizeOf: (replica: Replica) => number): Replica | null {
    const { length } = this.replicas;
    let best: Replica | null = null;
    let bestSize = Infinity;
    this.turn = (this.turn + 1) % length;
    for (let offset = 0; offset < length; offset += 1) {
      const at = this.turn + offset;
      const replica = this.replicas[at < length ? at : at - length];
      if (replica === undefined || !replica.isUp || !replica.isOpen) continue;
      const size = sizeOf(replica);
      if (size < bestSize) {
        best = replica;
        bestSize = size;
        if (size === 0) break;
      }
    }
    return best;
  }

  private ofTwo(): Replica | null {
    const one = this.drawn();
    const other = this.drawn();
    if (one === null || other === null) return one ?? other ?? this.inTurn();
    return other.requests < one.requests ? other : one;
  }

  private drawn(): Replica | null {
    const replica = this.replicas[Math.floor(this.random.uniform() * this.replicas.length)];
    return replica?.isUp && replica.isOpen ? replica : null;
  }
}
