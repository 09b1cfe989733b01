import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { caseMachine } from '../../src/cli/estimate/case-hardware';

function linkOf(accelerator: string, perNode: number, count: number) {
  const asked = { accelerator, count, per_node: perNode };
  const { scaleUp } = caseMachine(asked, catalogue, () => {}).device;
  return { domain: scaleUp.domain, peers: scaleUp.directPeers };
}

describe('the link inside a node that a case states', () => {
  it.each([
    ['H200 SXM 141GB', 8],
    ['A100 SXM 40GB', 32],
    ['GH200 96GB', 64],
  ])('ends with a node of four, and goes to each of the others by itself: %s', (name, count) => {
    expect(linkOf(name, 4, count)).toEqual({ domain: 4, peers: 3 });
  });

  it('is that of a board of eight where four are all there is', () => {
    expect(linkOf('A100 SXM 80GB', 4, 4)).toEqual({ domain: 8, peers: undefined });
  });

  it.each([
    ['H100 SXM 80GB', 8, 64, 8],
    ['GB200 186GB', 4, 64, 72],
    ['TPU v6e', 4, 8, 256],
    ['A100 SXM 40GB', 16, 64, 16],
    ['Data Center GPU Max 1550', 6, 24, 6],
  ])('%s, %i per node, %i in all: a domain of %i', (name, perNode, count, domain) => {
    expect(linkOf(name, perNode, count)).toEqual({ domain, peers: undefined });
  });
});
