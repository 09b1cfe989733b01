import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskKind } from '@engine/plan';
import { findTaskModel, taskModels, taskWords, type TaskModel } from '@engine/tasks/task-context';
import { taskSize, unitsPerRequest } from '@engine/tasks/task-size';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity } from '../../fixtures/engine-fixture';
import { taskKinds, usualModels } from '../../fixtures/task-fixture';

const { assumptions } = catalogue;

function modelOf(task: TaskKind, id = usualModels[task]): TaskModel {
  const found = findTaskModel(catalogue, task, id);
  if (found === null) throw new Error(`The catalogue has no ${id}.`);
  return found;
}

describe('the models of a task', () => {
  it.each(taskKinds)('%s are all found again under their ids', (task) => {
    const rows = taskModels(catalogue, task);
    expect(rows.length).toBeGreaterThan(4);
    for (const { id, name } of rows) {
      expect(findTaskModel(catalogue, task, id)).toMatchObject({ task, row: { name } });
    }
  });

  it('are not those of another task', () => {
    expect(findTaskModel(catalogue, 'image', usualModels.speech)).toBeNull();
    expect(findTaskModel(catalogue, 'speech', usualModels.embedding)).toBeNull();
    expect(findTaskModel(catalogue, 'embedding', usualModels.speech)).toBeNull();
    expect(findTaskModel(catalogue, 'embedding', 'llama-3.1-70b')).toBeNull();
  });

  it('leave out a speech model whose decoder is not known', () => {
    const row = catalogue.sequenceModels.get(usualModels.speech);
    if (row === undefined) throw new Error('It is there.');
    const sequenceModels = new Map([[row.id, { ...row, speech: null }]]);
    expect(findTaskModel({ ...catalogue, sequenceModels }, 'speech', row.id)).toBeNull();
  });

  it.each(taskKinds)('%s have words for what they answer', (task) => {
    const { service, request, requests, unit } = taskWords[task];
    expect(service).toMatch(/^[A-Z].* service$/);
    expect(requests.startsWith(request)).toBe(true);
    expect(unit).toMatch(/^an? /);
  });
});

describe('the size of a request', () => {
  it('of an image is that of the model where the plan says nothing', () => {
    const model = modelOf('image');
    expect(taskSize({}, model, assumptions)).toEqual({ task: 'image', steps: 20, edge: 1024 });
    const changes = { imageSteps: quantity(8), imageEdge: quantity(512) };
    expect(taskSize(changes, model, assumptions)).toEqual({ task: 'image', steps: 8, edge: 512 });
  });

  it('of a video is that of the model where the plan says nothing', () => {
    const model = modelOf('video', 'wan-2.1-t2v-14b');
    const usual = { task: 'video', steps: 50, frames: 81, seconds: 5, width: 832, height: 480 };
    expect(taskSize({}, model, assumptions)).toMatchObject(usual);
  });

  it('of a video follows its length, its lines and the shape of the model’s own', () => {
    const model = modelOf('video', 'wan-2.1-t2v-14b');
    const changes = {
      videoSeconds: quantity(10),
      videoLines: quantity(720),
      videoSteps: quantity(8),
    };
    const size = taskSize(changes, model, assumptions);
    expect(size).toMatchObject({ steps: 8, frames: 161, width: 1248, height: 720 });
    expect(size.task === 'video' && size.edge ** 2).toBeCloseTo(1248 * 720, 6);
  });

  it('of a text is that of the catalogue where the plan says nothing', () => {
    const model = modelOf('embedding');
    expect(taskSize({}, model, assumptions)).toEqual({ task: 'embedding', tokens: 512 });
    expect(taskSize({ textTokens: quantity(80) }, model, assumptions)).toMatchObject({
      tokens: 80,
    });
  });

  it.each([
    [10, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
    [3600, 120],
  ])('of a recording of %d s is %d windows of 30 s', (seconds, windows) => {
    const size = taskSize({ audioSeconds: quantity(seconds) }, modelOf('speech'), assumptions);
    expect(size).toMatchObject({ task: 'speech', audioSeconds: seconds, windows });
  });

  it('writes as many tokens as were spoken, however the recording is cut', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e6, noNaN: true }), (seconds) => {
        const size = taskSize({ audioSeconds: quantity(seconds) }, modelOf('speech'), assumptions);
        if (size.task !== 'speech') throw new Error('It is.');
        expect((size.windows * size.tokensPerWindow) / seconds).toBeCloseTo(3.3, 9);
        expect(size.tokensPerWindow).toBeLessThanOrEqual(99 * (1 + 1e-9));
      }),
    );
  });
});

describe('the units that costs are given for', () => {
  it.each([
    [{ task: 'image', steps: 20, edge: 1024 }, 1],
    [{ task: 'embedding', tokens: 500 }, 500 / 1e6],
    [{ task: 'speech', audioSeconds: 90, windows: 3, tokensPerWindow: 99 }, 90 / 3600],
  ] as const)('of one request of %o are %d', (size, units) => {
    expect(unitsPerRequest(size)).toBeCloseTo(units, 12);
  });
});
