import { describe, expect, test } from 'vitest';
import { readTrace } from '@shared/trace/read-trace';

function streamIn(text: string) {
  const read = readTrace(text);
  if (!read.isTrace) throw new Error(read.problem);
  return read.stream;
}

describe('a trace', () => {
  test.each([
    ['CSV with a heading', 'time,input,output\n0,100,20\n1.5,200,30\n'],
    ['CSV of numbers alone', '10,100,20\r\n11.5,200,30\r\n'],
    [
      'CSV with dates and other names',
      'TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00.0,100,20\n2024-05-10 00:00:01.5,200,30',
    ],
    ['columns in another order', 'output_tokens;input_tokens;arrival\n20;100;5\n30;200;6.5'],
    ['JSON rows', '[{"time":0,"input":100,"output":20},{"time":1.5,"input":200,"output":30}]'],
    ['JSON lists', '[[3,100,20],[4.5,200,30]]'],
  ])('is read from %s', (_name, text) => {
    const { arrival, input, output } = streamIn(text);
    expect([...arrival]).toEqual([0, 1.5]);
    expect([...input]).toEqual([100, 200]);
    expect([...output]).toEqual([20, 30]);
  });

  test.each([
    ['', null, 'empty'],
    ['time,input,output\n', null, 'no requests'],
    ['colour,weight\n1,2', 1, 'names no columns'],
    ['time,input,output\n0,10,5\nsoon,10,5', 3, "'soon' is no time"],
    ['time,input,output\n0,10,5\n1,ten,5', 3, "input 'ten'"],
    ['time,input,output\n0,10,5\n1,10,0', 3, "output '0'"],
    ['time,input,output\n0,10,5\n1,10', 3, "output ''"],
    ['5,10,5\n4,10,5', 2, 'before that of the request above'],
    ['{"time": 1', null, 'JSON but is none'],
    ['{"requests": []}', null, 'no JSON array'],
    ['[{"time":0,"input":1}]', 1, 'lacks time, input or output'],
    ['[1, 2]', 1, 'no object'],
    ['the quick brown fox', 1, 'names no columns'],
  ])('that is none (%j) is refused with its line', (text, line, sentence) => {
    const read = readTrace(text);
    expect(read.isTrace).toBe(false);
    if (read.isTrace) return;
    expect(read.line).toBe(line);
    expect(read.problem).toContain(sentence);
  });
});
