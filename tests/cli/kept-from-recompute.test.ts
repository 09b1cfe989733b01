import { describe, expect, it } from 'vitest';
import { usualSoftware } from '@engine/training/software';
import { layerTime } from '@engine/training/layer-time';
import { keptFromRecompute, readRecompute } from '../../src/cli/estimate/training-fields';
import { constants, jobOf, partOf } from '../engine/training/ideal-device';

describe('parts of a layer that full recomputation leaves out', () => {
  it.each([
    ['MaxText remat_policy=save_dot_with_context_except_mlp', 'attention projections output'],
    ['selective (save_qkv_proj)', 'projections'],
    ['qkv_proj_offloaded', 'projections'],
    ['save_out_proj', 'output'],
    ['custom, context offloaded to the host', 'attention'],
    ['custom: layer input, output and q/k/v projections offloaded', 'projections output'],
    ['full (every layer except attention output projection and MLP output)', 'output'],
    [
      'selective (MLP and output projection recomputed; layer input, attention output, Q, K and V kept)',
      'attention projections',
    ],
  ])('%s: %s kept', (recompute, kept) => {
    expect(keptFromRecompute(recompute).join(' ')).toBe(kept);
    expect(readRecompute(recompute)).toBe('full');
  });

  it.each([
    ['full (every layer; layer inputs offloaded to host memory)', 'full'],
    ['minimal', 'selective'],
    ['selective modules=[core_attn, mla_up_proj]', 'selective'],
    ['none', 'none'],
  ])('%s: nothing said', (recompute, kind) => {
    expect(keptFromRecompute(recompute)).toEqual([]);
    expect(readRecompute(recompute)).toBe(kind);
  });

  it('are not computed again', () => {
    const again = (keepsFromRecompute: readonly ('attention' | 'projections' | 'output')[]) => {
      const software = { ...usualSoftware('current'), keepsFromRecompute };
      const job = { ...jobOf('llama-3.1-8b', { recompute: 'full' }), software };
      return layerTime(job, partOf('tpu-v6e'), constants, 'dense');
    };
    const all = again([]);
    expect(all.again - again(['attention']).again).toBeCloseTo(all.forwardAttention, 9);
    const rest = again(['attention', 'projections', 'output']).again;
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThan(again(['projections', 'output']).again);
    expect(again(['output']).forwardMatmul).toBe(all.forwardMatmul);
  });
});
