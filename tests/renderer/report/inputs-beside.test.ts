import { describe, expect, it } from 'vitest';
import { groupsOf, inputsBeside } from '../../../src/renderer/report/document/inputs-beside';

const iowa = {
  name: 'Iowa',
  title: 'Site: Iowa',
  rows: [
    ['PUE', '1.1', 'entered', 'from the operator'],
    ['Price', '0.08', 'default', ''],
  ],
} as const;
const sweden = {
  name: 'Sweden',
  title: 'Site: Sweden',
  rows: [
    ['PUE', '1.2', 'default', 'from the operator'],
    ['Water', '0', 'measured', 'no towers'],
  ],
} as const;

describe('inputs of several beside one another', () => {
  it('have a row for each input and a column for each subject', () => {
    expect(inputsBeside([iowa, sweden]).rows).toEqual([
      ['PUE', '1.1 (entered)', '1.2'],
      ['Price', '0.08', ''],
      ['Water', '', '0 (measured)'],
    ]);
  });

  it('say a note once, and of whom where it is not of all', () => {
    expect(inputsBeside([iowa, sweden]).notes).toEqual([
      'PUE: from the operator',
      'Sweden: Water: no towers',
    ]);
  });

  it('come in groups of a size, none lost', () => {
    expect(groupsOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(groupsOf([], 4)).toEqual([]);
  });
});
