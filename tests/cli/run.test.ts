import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parsePlanText } from '@shared/plan/parse';
import { headlineTable } from '../../src/cli/headline';
import { findRuntime } from '../../src/cli/pdf/runtime';
import { projectFolder, runCommand, sample } from './support';

const commands = [
  'estimate',
  'search',
  'simulate',
  'size',
  'fleet',
  'bom',
  'cost',
  'check',
  'report',
];
const planFile = sample('plans/llama-3-405b.clusterplan');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clusterwright-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the command line', () => {
  test('without a command, or with one that does not exist, lists the commands and ends with 2', async () => {
    for (const argv of [[], ['optimise'], ['serve']]) {
      const { status, told, printed } = await runCommand(argv);
      expect(status).toBe(2);
      expect(printed).toBe('');
      for (const name of commands) expect(told).toContain(`  ${name}`);
    }
  });

  test.each(commands)('explains %s', async (name) => {
    const { status, printed, told } = await runCommand([name, '--help']);
    expect(status).toBe(0);
    expect(told).toBe('');
    expect(printed).toMatch(new RegExp(`^Usage: clusterwright ${name} `));
  });

  test.each([
    ['estimate'],
    ['estimate', 'one', 'two'],
    ['cost', planFile, '--unknown'],
    ['report', planFile],
    ['report', planFile, '--out', 'x.pdf', '--paper', 'A5'],
    ['size', sample('demand/chat-service.json'), '--top', 'many'],
  ])('takes %s %s %s %s %s for wrong usage', async (...argv) => {
    const { status, told, printed } = await runCommand(argv);
    expect(status).toBe(2);
    expect(printed).toBe('');
    expect(told).toContain('Usage: clusterwright');
  });

  test('fails with one sentence on files that cannot be used', async () => {
    const broken = await runCommand(['cost', file('broken.clusterplan', '{"schemaVersion": 1,')]);
    expect(broken.status).toBe(1);
    expect(broken.told).toContain('broken.clusterplan');
    const missing = await runCommand(['check', join(folder, 'missing.clusterplan')]);
    expect(missing.status).toBe(1);
    const list = await runCommand(['estimate', file('object.json', '{}')]);
    expect(list.status).toBe(1);
    expect(list.told).toContain('no JSON array');
    const demand = await runCommand(['size', file('demand.json', '{"kind": "inference"}')]);
    expect(demand.status).toBe(1);
    expect(demand.told).toContain('inputTokens');
    const unknown = readFileSync(sample('demand/chat-service.json'), 'utf8').replace(
      'Llama 3.1 70B',
      'Nobody 7X',
    );
    const model = await runCommand(['size', file('nobody.json', unknown)]);
    expect(model.status).toBe(1);
    expect(model.told).toContain('Nobody 7X');
  });
});

describe('plans on the command line', () => {
  const plans = readdirSync(sample('plans')).filter((name) => name.endsWith('.clusterplan'));

  test('come with the samples, the same as the templates', () => {
    expect(plans.length).toBeGreaterThanOrEqual(5);
    for (const name of plans) {
      const template = readFileSync(join(projectFolder, 'resources/templates', name), 'utf8');
      expect(readFileSync(sample(`plans/${name}`), 'utf8'), name).toBe(template);
    }
  });

  test.each(plans)('%s has no problem and a cost', async (name) => {
    const check = await runCommand(['check', sample(`plans/${name}`)]);
    expect(check.printed).not.toContain('Problem:');
    expect(check.status).toBe(0);
    const cost = await runCommand(['cost', sample(`plans/${name}`)]);
    expect(cost.status).toBe(0);
    expect(cost.printed).toContain('Total cost, bought');
    expect(cost.printed).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('print the engine’s own numbers as JSON', async () => {
    const parsed = parsePlanText(readFileSync(planFile, 'utf8'), 'plan');
    if (!parsed.ok) throw new Error(parsed.error.message);
    const report = evaluate(parsed.value, bundledCatalogue);
    const cost = await runCommand(['cost', planFile, '--json']);
    expect(JSON.parse(cost.printed)).toEqual(JSON.parse(JSON.stringify(report.cost)));
    const check = await runCommand(['check', planFile, '--json']);
    expect(JSON.parse(check.printed)).toEqual({
      findings: report.findings,
      notChecked: report.notChecked,
    });
    const table = headlineTable(parsed.value, report);
    for (const figure of report.headline) expect(table).toContain(figure.label);
    expect(table).toContain(report.workloads[0]?.decomposition);
  });

  test('end with status 1 when a check finds a problem', async () => {
    const plan = JSON.parse(readFileSync(planFile, 'utf8')) as {
      clusters: { nodes: { value: number } }[];
    };
    const [cluster] = plan.clusters;
    if (cluster === undefined) throw new Error('The plan has no cluster.');
    cluster.nodes.value = 1;
    const { status, printed } = await runCommand([
      'check',
      file('small.clusterplan', JSON.stringify(plan)),
    ]);
    expect(status).toBe(1);
    expect(printed).toContain('Problem:');
  });
});

describe('size', () => {
  test.each(['chat-service.json', 'train-70b-in-60-days.json'])(
    'answers %s with ranked clusters and reasons',
    async (name) => {
      const { status, printed } = await runCommand([
        'size',
        sample(`demand/${name}`),
        '--top',
        '3',
      ]);
      const answer = JSON.parse(printed) as {
        model: string;
        ranked: { reason: string; usdPerHour: number }[];
        rejected: { reason: string }[];
      };
      expect(status).toBe(0);
      expect(answer.model).toBe('Llama 3.1 70B');
      expect(answer.ranked).toHaveLength(3);
      for (const { reason } of [...answer.ranked, ...answer.rejected]) expect(reason).not.toBe('');
    },
  );
});

describe('the application behind report', () => {
  test('is what the set-up wrote down, started on the checkout', () => {
    const root = join(folder, 'checkout');
    const cache = join(root, 'node_modules/.cache/clusterwright');
    expect(() => findRuntime(root)).toThrow('npm run setup');
    writeRuntime(cache, { executable: process.execPath, args: ['--no-sandbox'], kind: 'official' });
    expect(findRuntime(root)).toEqual({
      executable: process.execPath,
      args: ['--no-sandbox', root],
    });
    writeRuntime(cache, { executable: join(root, 'gone'), args: [] });
    expect(() => findRuntime(root)).toThrow('no PDF was written');
  });
});

function writeRuntime(cache: string, content: object): void {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'runtime.json'), JSON.stringify(content));
}
