import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Agenda, KeyedHeap, WaitingLine } from '@engine/simulation/queues';

describe('the agenda', () => {
  test('is empty at first', () => {
    const agenda = new Agenda(3);
    expect(agenda.nextTime).toBe(Infinity);
  });

  test('gives the member whose time is soonest', () => {
    const agenda = new Agenda(4);
    agenda.set(2, 5);
    agenda.set(0, 7);
    agenda.set(3, 6);
    expect(agenda.next).toBe(2);
    expect(agenda.nextTime).toBe(5);
  });

  test('moves a member that is put off', () => {
    const agenda = new Agenda(3);
    agenda.set(0, 1);
    agenda.set(1, 2);
    agenda.set(0, 3);
    expect(agenda.next).toBe(1);
    agenda.set(1, Infinity);
    expect(agenda.next).toBe(0);
  });

  test('agrees with looking at every member, whatever is set', () => {
    const change = fc.record({
      member: fc.integer({ min: 0, max: 9 }),
      time: fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constant(Infinity)),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const agenda = new Agenda(10);
        const times = new Array<number>(10).fill(Infinity);
        for (const { member, time } of changes) {
          agenda.set(member, time);
          times[member] = time;
          expect(agenda.nextTime).toBe(Math.min(...times));
          expect(times[agenda.next]).toBe(agenda.nextTime);
        }
      }),
    );
  });
});

describe('the heap by key', () => {
  test('is empty at first and after it was cleared', () => {
    const heap = new KeyedHeap();
    expect(heap.leastKey).toBe(Infinity);
    expect(heap.least).toBe(-1);
    heap.push(1, 10);
    heap.clear();
    expect(heap.size).toBe(0);
    expect(heap.leastKey).toBe(Infinity);
  });

  test('ignores taking from nothing', () => {
    const heap = new KeyedHeap();
    heap.pop();
    expect(heap.size).toBe(0);
  });

  test('gives everything back in order of its key', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 100 }), (keys) => {
        const heap = new KeyedHeap();
        keys.forEach((key, index) => {
          heap.push(key, index);
        });
        const taken: number[] = [];
        while (heap.size > 0) {
          taken.push(heap.leastKey);
          expect(keys[heap.least]).toBe(heap.leastKey);
          heap.pop();
        }
        expect(taken).toEqual(keys.toSorted((one, other) => one - other));
      }),
    );
  });

  test('keeps the order while things come and go', () => {
    const heap = new KeyedHeap();
    heap.push(5, 50);
    heap.push(3, 30);
    heap.pop();
    heap.push(4, 40);
    heap.push(1, 10);
    expect(heap.least).toBe(10);
    heap.pop();
    expect(heap.least).toBe(40);
    heap.pop();
    expect(heap.least).toBe(50);
  });
});

describe('the waiting line', () => {
  test('has nobody first when it is empty', () => {
    expect(new WaitingLine().first).toBe(-1);
  });

  test('serves in order of arrival', () => {
    const line = new WaitingLine();
    for (const request of [4, 8, 15]) line.push(request);
    expect(line.first).toBe(4);
    line.shift();
    expect(line.first).toBe(8);
    expect(line.length).toBe(2);
  });

  test('puts a preempted request back to the front', () => {
    const line = new WaitingLine();
    line.unshift(1);
    line.push(2);
    line.shift();
    line.unshift(3);
    expect(line.first).toBe(3);
    line.shift();
    expect(line.first).toBe(2);
  });

  test('agrees with a plain list over many operations', () => {
    const operation = fc.constantFrom('push', 'shift', 'unshift');
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const line = new WaitingLine();
        const list: number[] = [];
        operations.forEach((name, index) => {
          if (name === 'shift') {
            if (list.length === 0) return;
            line.shift();
            list.shift();
          } else if (name === 'push') {
            line.push(index);
            list.push(index);
          } else {
            line.unshift(index);
            list.unshift(index);
          }
          expect(line.length).toBe(list.length);
          expect(line.first).toBe(list[0] ?? -1);
        });
      }),
    );
  });

  test('forgets those who left a long time ago', () => {
    const line = new WaitingLine();
    for (let request = 0; request < 5000; request += 1) line.push(request);
    for (let request = 0; request < 4990; request += 1) line.shift();
    expect(line.first).toBe(4990);
    expect(line.length).toBe(10);
  });
});
