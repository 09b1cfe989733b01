import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { runCommand, sample } from './support';

const text = readFileSync(sample('plans/chat-fleet-h200.clusterplan'), 'utf8');

describe('clusterwright fleet', () => {
  it('prints where the requests go and what is lost', async () => {
    const plan = JSON.parse(text) as Record<string, unknown>;
    const demand = [{ regionId: 'usa', share: { value: 1, origin: 'yours' } }];
    const fleet = { routing: 'price', demand };
    const { status, printed } = await runCommand(
      ['fleet', '-'],
      JSON.stringify({ ...plan, fleet }),
    );
    expect(status).toBe(0);
    const report = JSON.parse(printed) as { flows: unknown[]; losses: { kind: string }[] };
    expect(report.flows).toHaveLength(1);
    expect(report.losses.map(({ kind }) => kind)).toEqual(['site', 'node']);
  });

  it('says what is missing in a plan without regions of demand', async () => {
    const { status, told } = await runCommand(['fleet', '-'], text);
    expect(status).toBe(1);
    expect(told).toContain('does not say where its users are');
  });
});
