/** The soonest event of each of a fixed number of members: a binary heap whose entries can be moved. */
export class Agenda {
  private readonly heap: Int32Array;
  private readonly place: Int32Array;
  private readonly time: Float64Array;

  constructor(private readonly size: number) {
    this.heap = Int32Array.from({ length: size }, (_, index) => index);
    this.place = this.heap.slice();
    this.time = new Float64Array(size).fill(Infinity);
  }

  /** Infinity takes a member off the agenda. */
  set(member: number, time: number): void {
    const before = this.time[member] as number;
    this.time[member] = time;
    const at = this.place[member] as number;
    if (time < before) this.rise(at);
    else this.sink(at);
  }

  get next(): number {
    return this.heap[0] as number;
  }

  get nextTime(): number {
    return this.time[this.heap[0] as number] as number;
  }

  private timeAt(at: number): number {
    return this.time[this.heap[at] as number] as number;
  }

  private swap(one: number, other: number): void {
    const first = this.heap[one] as number;
    const second = this.heap[other] as number;
    this.heap[one] = second;
    this.heap[other] = first;
    this.place[second] = one;
    this.place[first] = other;
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.timeAt(above) <= this.timeAt(at)) return;
      this.swap(at, above);
      at = above;
    }
  }

  private sink(from: number): void {
    let at = from;
    for (;;) {
      let least = 2 * at + 1;
      if (least >= this.size) return;
      if (least + 1 < this.size && this.timeAt(least + 1) < this.timeAt(least)) least += 1;
      if (this.timeAt(at) <= this.timeAt(least)) return;
      this.swap(at, least);
      at = least;
    }
  }
}

/** Numbers by key, least first: a binary heap that grows. */
export class KeyedHeap {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  get size(): number {
    return this.keys.length;
  }

  get leastKey(): number {
    return this.keys[0] ?? Infinity;
  }

  get least(): number {
    return this.values[0] ?? -1;
  }

  clear(): void {
    this.keys.length = 0;
    this.values.length = 0;
  }

  push(key: number, value: number): void {
    let at = this.keys.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const aboveKey = this.keys[above] as number;
      if (aboveKey <= key) break;
      this.keys[at] = aboveKey;
      this.values[at] = this.values[above] as number;
      at = above;
    }
    this.keys[at] = key;
    this.values[at] = value;
  }

  pop(): void {
    const key = this.keys.pop();
    const value = this.values.pop();
    const size = this.keys.length;
    if (key === undefined || value === undefined || size === 0) return;
    let at = 0;
    for (;;) {
      let least = 2 * at + 1;
      if (least >= size) break;
      if (least + 1 < size && (this.keys[least + 1] as number) < (this.keys[least] as number)) {
        least += 1;
      }
      if (key <= (this.keys[least] as number)) break;
      this.keys[at] = this.keys[least] as number;
      this.values[at] = this.values[least] as number;
      at = least;
    }
    this.keys[at] = key;
    this.values[at] = value;
  }
}

/** Requests that wait their turn: first in, first out; a preempted one goes back to the front. */
export class WaitingLine {
  private items: number[] = [];
  private head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  get first(): number {
    return this.items[this.head] ?? -1;
  }

  push(request: number): void {
    this.items.push(request);
  }

  unshift(request: number): void {
    if (this.head > 0) {
      this.head -= 1;
      this.items[this.head] = request;
    } else this.items.unshift(request);
  }

  shift(): void {
    this.head += 1;
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
  }
}
