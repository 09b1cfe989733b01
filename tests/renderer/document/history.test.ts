import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endTyping,
  record,
  redo,
  redoLabel,
  startHistory,
  undo,
  undoLabel,
  type History,
} from '../../../src/renderer/document/history';
import { samplePlan } from './sample-plan';

function edit(history: History, name: string, mergeKey: string | null = null, atMs = 0): History {
  const plan = { ...history.present, name };
  return record(history, { plan, label: `Rename to ${name}`, mergeKey, atMs });
}

describe('undo and redo', () => {
  const edited = edit(edit(startHistory(samplePlan), 'A'), 'B');

  it('names the step that it would take back', () => {
    expect(undoLabel(startHistory(samplePlan))).toBeNull();
    expect(undoLabel(edited)).toBe('Rename to B');
    expect(undoLabel(undo(edited))).toBe('Rename to A');
    expect(redoLabel(undo(edited))).toBe('Rename to B');
    expect(redoLabel(edited)).toBeNull();
  });

  it('returns to the very same plan object', () => {
    expect(undo(undo(edited)).present).toBe(samplePlan);
    expect(redo(undo(edited)).present).toBe(edited.present);
  });

  it('does nothing at either end', () => {
    const start = startHistory(samplePlan);
    expect(undo(start)).toBe(start);
    expect(redo(edited)).toBe(edited);
  });

  it('drops what was undone once something else is done', () => {
    expect(redoLabel(edit(undo(edited), 'C'))).toBeNull();
  });

  it('keeps redo when an edit changes nothing', () => {
    const undone = undo(edited);
    const change = { plan: undone.present, label: 'Nothing', mergeKey: null, atMs: 0 };
    expect(record(undone, change)).toBe(undone);
  });

  it('undoes and redoes any sequence of edits exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 20 }), (names) => {
        const distinct = names.map((name, index) => `${name}${index}`);
        const end = distinct.reduce(
          (history, name) => edit(history, name),
          startHistory(samplePlan),
        );
        const back = distinct.reduce(undo, end);
        expect(back.present).toBe(samplePlan);
        expect(distinct.reduce(redo, back).present).toBe(end.present);
      }),
    );
  });
});

describe('typing into one field', () => {
  it('is one step while it goes on', () => {
    const typed = edit(edit(startHistory(samplePlan), '1', 'nodes', 0), '16', 'nodes', 900);
    expect(typed.past).toHaveLength(1);
    expect(undoLabel(typed)).toBe('Rename to 16');
    expect(undo(typed).present).toBe(samplePlan);
  });

  it('starts a new step after a pause, in another field, and after an undo', () => {
    const first = edit(startHistory(samplePlan), '1', 'nodes', 0);
    expect(edit(first, '16', 'nodes', 5_000).past).toHaveLength(2);
    expect(edit(first, '16', 'price', 100).past).toHaveLength(2);
    const twice = edit(first, '2', 'price', 100);
    expect(edit(undo(twice), '3', 'nodes', 200).past).toHaveLength(2);
  });

  it('never merges steps without a key', () => {
    expect(edit(edit(startHistory(samplePlan), '1'), '2').past).toHaveLength(2);
  });
});

describe('typing that was settled', () => {
  const typed = edit(edit(startHistory(samplePlan), '6', 'tokens', 0), '64', 'tokens', 100);

  it('is one step until Enter', () => {
    expect(undo(typed).present).toBe(samplePlan);
  });

  it('is followed by a step of its own, however soon', () => {
    const again = edit(endTyping(typed), '7', 'tokens', 200);
    expect(undo(again).present).toBe(typed.present);
  });

  it('keeps what could be redone', () => {
    expect(redoLabel(endTyping(undo(typed)))).toBe('Rename to 64');
  });
});
