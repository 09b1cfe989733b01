import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposed, exposedOfChunks } from '@engine/training/exposure';

/** Seconds after the last backward pass until the gradients of all chunks have gone, one chunk after another. */
function queued(exchange: number, pass: number, chunks: number, group: number): number {
  const each = pass / chunks;
  let free = 0;
  let now = 0;
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    // The last micro-batch of a chunk: its gradients go while it is computed.
    const ready = now + (group - 1) * each;
    now = ready + each;
    free = Math.max(free, ready) + exchange / chunks;
  }
  return Math.max(0, free - now);
}

const seconds = fc.double({ min: 0.001, max: 10, noNaN: true });
const count = fc.integer({ min: 1, max: 12 });

describe('exposed exchanges', () => {
  it('are what a queue of chunks leaves after the last pass', () => {
    fc.assert(
      fc.property(seconds, seconds, count, count, count, (exchange, pass, v, p, m) => {
        const layout = { pipelineParallel: p, virtualStages: v };
        const visible = exposedOfChunks(exchange, pass, 0, layout, m);
        expect(visible).toBeCloseTo(queued(exchange, pass, v, Math.min(m, p)), 9);
      }),
    );
  });

  it('of a stage in one piece hide behind one pass, whatever the stages', () => {
    fc.assert(
      fc.property(seconds, seconds, count, count, (exchange, pass, p, m) => {
        const layout = { pipelineParallel: p, virtualStages: 1 };
        expect(exposedOfChunks(exchange, pass, 0.1, layout, m)).toBeCloseTo(
          exposed(exchange, pass, 0.1),
          9,
        );
      }),
    );
  });

  it('show a least share of an exchange however long the passes are', () => {
    const layout = { pipelineParallel: 4, virtualStages: 3 };
    expect(exposedOfChunks(2, 100, 0.1, layout, 8)).toBeCloseTo(0.2, 12);
    expect(exposed(2, 100, 0.1)).toBeCloseTo(0.2, 12);
  });
});
