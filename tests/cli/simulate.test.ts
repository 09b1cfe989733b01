import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run';

const folder = join(import.meta.dirname, '../../samples/services');

async function simulate(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const printed: string[] = [];
  const told: string[] = [];
  const status = await run(['simulate', ...args], {
    print: (text) => printed.push(text),
    tell: (text) => told.push(text),
    read: (path) => {
      const text = files[path];
      return text === undefined ? Promise.reject(new Error(path)) : Promise.resolve(text);
    },
  });
  return { status, out: printed.join('\n'), messages: told.join('\n') };
}

const service = {
  model: 'Llama 3.1 8B',
  accelerator: 'H100',
  weightPrecision: 'fp8',
  replicas: 2,
  requestsPerSecond: 10,
  input: { kind: 'fixed', tokens: 500 },
  output: { kind: 'fixed', tokens: 100 },
};
const text = (changes: object = {}): string => JSON.stringify({ ...service, ...changes });

interface Result {
  readonly requests: number;
  readonly finished: number;
  readonly rejected: number;
  readonly events: number;
  readonly seconds: number;
  readonly ttft_ms: Readonly<Record<'p50' | 'p90' | 'p99', number>>;
  readonly tpot_ms: Readonly<Record<'p50' | 'p90' | 'p99', number>>;
}

describe('simulate', { timeout: 60_000 }, () => {
  test.each(readdirSync(folder))('answers the sample %s', async (name) => {
    const content = readFileSync(join(folder, name), 'utf8');
    const { status, out } = await simulate({ 's.json': content }, 's.json', '--requests', '3000');
    const result = JSON.parse(out) as Result;
    expect(status).toBe(0);
    expect(result.finished + result.rejected).toBe(3000);
    expect(result.ttft_ms.p50).toBeGreaterThan(0);
    expect(result.ttft_ms.p99).toBeGreaterThanOrEqual(result.ttft_ms.p90);
    expect(result.tpot_ms.p99).toBeGreaterThanOrEqual(result.tpot_ms.p50);
  });

  test('has a fleet of 100 replicas as its first sample', () => {
    const [first = ''] = readdirSync(folder).toSorted();
    const { replicas } = JSON.parse(readFileSync(join(folder, first), 'utf8')) as {
      replicas: number;
    };
    expect(replicas).toBe(100);
  });

  test('gives the same answer for the same seed', async () => {
    const once = async (seed: string): Promise<unknown> => {
      const { out } = await simulate(
        { 's.json': text() },
        's.json',
        '--requests',
        '500',
        '--seed',
        seed,
      );
      return { ...(JSON.parse(out) as Result), seconds: 0, seed: 0 };
    };
    expect(await once('4')).toEqual(await once('4'));
    expect(await once('4')).not.toEqual(await once('5'));
  });

  test('replays a trace beside the service file', async () => {
    const trace = 'time,input,output\n0,400,20\n0.5,800,40\n2,100,10\n';
    const files = { 'a/s.json': text({ trace: 'day.csv' }), 'a/day.csv': trace };
    const { out } = await simulate(files, 'a/s.json');
    const result = JSON.parse(out) as Result;
    expect([result.requests, result.finished]).toEqual([3, 3]);
  });

  test('names the line of a trace that is none', async () => {
    const files = { 's.json': text({ trace: 'day.csv' }), 'day.csv': '0,400,20\n1,many,20' };
    const { status, messages } = await simulate(files, 's.json');
    expect(status).toBe(1);
    expect(messages).toContain("day.csv, line 2: The input 'many'");
  });

  test.each([
    [text({ output: { kind: 'fixed', tokens: 0 } }), 'output.tokens'],
    [text({ replicas: 0 }), 'replicas'],
    [text({ requestsPerSecond: 1e30 }), 'requestsPerSecond'],
    [text({ input: { kind: 'lognormal', mean: 500, variation: 1e30 } }), 'input.variation'],
    [text({ model: 'No such model' }), "no model named 'No such model'"],
    [text({ accelerator: 'Abacus' }), "no accelerator named 'Abacus'"],
    [text({ input: { kind: 'fixed', tokens: 500_000 } }), 'longer than the context'],
    [text({ model: 'Llama 3.1 405B' }), 'do not fit'],
    ['{', 'is not JSON'],
  ])('refuses %s with a reason', async (content, sentence) => {
    const { status, out, messages } = await simulate({ 's.json': content }, 's.json');
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(messages).toContain(sentence);
  });

  test('takes whole numbers only', async () => {
    const { status } = await simulate({ 's.json': text() }, 's.json', '--requests', 'many');
    expect(status).toBe(2);
  });
});
