import { describe, expect, it } from 'vitest';
import { calibrationAddresses, calibrationSource } from '@shared/calibration/calibration-sources';
import { inferenceAccuracy } from '@shared/calibration/inference-accuracy';
import { trainingAccuracy } from '@shared/calibration/training-accuracy';

describe('the sources of the accuracy tables', () => {
  const families = [...(trainingAccuracy.byFamily ?? []), ...inferenceAccuracy.byFamily];

  it.each(families.map(({ name }) => name))('%s has a title', (name) => {
    const { title } = calibrationSource(name);
    expect(title).not.toBe(name);
    expect(title.length).toBeGreaterThan(8);
  });

  it('are read over https where their address is known', () => {
    const known = calibrationAddresses().filter((url) => url !== null);
    expect(known.length).toBeGreaterThan(families.length * 0.9);
    for (const url of known) expect(new URL(url).protocol).toBe('https:');
  });

  it('keep their short name where the list has no title', () => {
    expect(calibrationSource('nobody')).toEqual({ title: 'nobody', url: null });
  });
});
