import { describe, expect, test } from 'vitest';
import type { OwnPart } from '@engine/catalogue/own-parts';
import { listedProblems, partsRecords, readPartsCsv } from '@shared/catalogue/parts-csv';
import { ownPartLimit } from '@shared/plan/parts-schema';
import { csvText } from '@shared/table/delimited';

function read(...lines: string[]) {
  const steps = readPartsCsv(lines.join('\r\n'));
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

const head = 'kind,id,name,based_on,accelerator_id,note,memoryCapacity,power,price';

const parts: readonly OwnPart[] = [
  {
    kind: 'accelerator',
    id: 'own-1',
    name: 'My "fast", part',
    basedOn: 'h100-sxm',
    note: 'quote',
    values: { memoryCapacity: { value: 96.5 }, power: { value: 650 } },
  },
  {
    kind: 'system',
    id: 'box',
    name: 'Box',
    basedOn: 'dgx-h100',
    acceleratorId: 'own-1',
    values: { price: { value: 250_000 } },
  },
];

describe('a file of parts', () => {
  test('is read back as it was written, with a byte-order mark or without', () => {
    const text = csvText(partsRecords(parts));
    for (const file of [text, `\uFEFF${text}`]) {
      expect(read(file)).toMatchObject({ parts, problems: [], problemCount: 0 });
    }
    expect(partsRecords([]).rows).toEqual([]);
  });

  test('may have semicolons or tabs, empty lines and a base of none', () => {
    for (const mark of [';', '\t']) {
      const answer = read('kind;id;name;power', '', 'accelerator;a;A;7', '').parts.length;
      expect(answer).toBe(1);
      const lines = ['kind,id,name,power', 'accelerator,a,A,7'].map((line) =>
        line.replaceAll(',', mark),
      );
      expect(read(...lines).parts).toEqual([
        { kind: 'accelerator', id: 'a', name: 'A', basedOn: null, values: { power: { value: 7 } } },
      ]);
    }
  });

  test.each<[string, RegExp]>([
    ['chip,a,A,,,,,,', /^'chip' is no kind of part/],
    ['accelerator,,A,,,,,,', /^The id ''/],
    ['accelerator,A b,A,,,,,,', /^The id 'A b'/],
    ['accelerator,a,,,,,,,', /^The name is empty/],
    ['accelerator,a,A,,,,much,,', /^Memory 'much' is not a number/],
    ['accelerator,a,A,,,,,-700,', /^Power is negative: -700/],
    ['accelerator,a,A,,,,0,,', /^Memory is zero or too small/],
    ['accelerator,a,A,,,,Infinity,,', /^Memory is not a number/],
    ['accelerator,a,A,,,,,,5', /^A part of kind accelerator has no figure 'price'/],
    ['system,a,A,,,,,,-5', /^Price per node is negative/],
    ['accelerator,a,A,,,,1,2,3,4', /^The line has 10 fields, the heading 9/],
    ['accelerator,a,"A,,,,,,', /^A quotation mark is not closed/],
    ['accelerator,good,A,,,,,,', /^The id 'good' stands in line 2 already/],
  ])('names the line %s, and keeps the others', (line, problem) => {
    const good = 'accelerator,good,Good,h100-sxm,,,,,';
    const last = 'system,last,Last,dgx-h100,,,,,9';
    const answer = read(head, good, line, last);
    expect(answer.parts.map(({ id }) => id)).toEqual(['good', 'last']);
    expect(answer.problems).toHaveLength(1);
    expect(answer.problems[0]?.line).toBe(3);
    expect(answer.problems[0]?.problem).toMatch(problem);
  });

  test('without the columns that it needs is not read, and says which', () => {
    for (const text of ['', 'a,b', 'name', '\u0000\uFFFD', '{"kind": 1}']) {
      const answer = read(text, 'accelerator,a,A');
      expect(answer.parts).toEqual([]);
      expect(answer.problems[0]).toMatchObject({ line: 1 });
      expect(answer.problems[0]?.problem).toMatch(/^The heading has no column kind/);
    }
  });

  test('with a column that nobody knows says so, and reads the others', () => {
    const answer = read('kind,id,name,colour', 'accelerator,a,A,red');
    expect(answer.parts).toHaveLength(1);
    expect(answer.problems).toEqual([
      { line: 1, problem: "No part has a figure 'colour'. Its column was not read." },
    ]);
  });
});

describe('a file of 100,000 lines', () => {
  const bad = Array.from({ length: 100_000 }, (_, at) =>
    at % 20 === 0
      ? `accelerator,part-${at},Part ${at},h100-sxm,,,80,700,`
      : ['"', ',,,,', `accelerator,X ${at},,,,,,,`, `system,s-${at},S,,,,,,-1`, '\u0000'][at % 5],
  );

  test('keeps every good line, counts every problem and lists a bounded number', () => {
    const answer = read(head, ...(bad as string[]));
    expect(answer.parts).toHaveLength(5_000);
    expect(answer.problems).toHaveLength(listedProblems);
    expect(answer.problemCount).toBe(95_000);
    expect(answer.lineCount).toBe(100_001);
  });

  test('can be paused after every thousand lines', () => {
    const steps = readPartsCsv([head, ...bad].join('\n'));
    let pauses = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) pauses += 1;
    expect(pauses).toBe(100);
  });

  test('beyond what a plan holds names what is left out', () => {
    const good = Array.from({ length: ownPartLimit + 3 }, (_, at) => `system,s-${at},S,dgx-h100`);
    const answer = read('kind,id,name,based_on', ...good);
    expect(answer.parts).toHaveLength(ownPartLimit);
    expect(answer.problemCount).toBe(3);
  });
});
