import { describe, expect, it } from 'vitest';
import {
  goodput,
  goodputFigures,
  interruptionsOf,
  secondsBetweenInterruptions,
} from '@engine/training/goodput';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const { assumptions } = bundledCatalogue;
const hour = 3_600;

describe('interruptions of a run', () => {
  it('come every 3.1 hours on 16,384 H100, as the Llama 3 report counts: 419 in 54 days', () => {
    const { between } = goodputFigures(assumptions, 16_384, 600);
    expect((between.value ?? 0) / hour).toBeCloseTo((54 * 24) / 419, 2);
  });

  it('come as often at 16,000 accelerators as Meta is quoted with elsewhere, 2.78 hours, within a fifth', () => {
    const { perAcceleratorHour } = interruptionsOf(assumptions, 600);
    const hours = secondsBetweenInterruptions(perAcceleratorHour, 16_000) / hour;
    expect(Math.abs(hours / 2.78 - 1)).toBeLessThan(0.2);
  });

  it('leave Llama 3 405B more than 90 % of its time, as its makers say, if ten minutes bring it back', () => {
    expect(goodput(interruptionsOf(assumptions, 600), 16_384)).toBeGreaterThan(0.9);
  });
});

describe('the share of time that counts', () => {
  it('falls with the accelerators and with the recovery, and stays between 0 and 1', () => {
    let before = 1;
    for (const accelerators of [8, 64, 1_024, 16_384, 131_072, 1_048_576]) {
      const share = goodput(interruptionsOf(assumptions, 600), accelerators);
      const slower = goodput(interruptionsOf(assumptions, 1_800), accelerators);
      expect(share).toBeLessThan(before);
      expect(slower).toBeLessThan(share);
      expect(slower).toBeGreaterThan(0);
      before = share;
    }
  });

  it('is what the first-order loss gives where interruptions are rare', () => {
    const rare = { perAcceleratorHour: 1e-7, recoverySeconds: 600, checkpointSeconds: 10 };
    const between = hour / 1e-7 / 1_024;
    const firstOrder = 1 - Math.sqrt((2 * 10) / between) - 600 / between;
    expect(goodput(rare, 1_024)).toBeCloseTo(firstOrder, 5);
  });

  it('says why it has no value where nothing runs', () => {
    const { between, goodput: share } = goodputFigures(assumptions, 0, 600);
    expect(between.value).toBeNull();
    expect(share.value).toBeNull();
    expect(share.unavailable).not.toBe('');
  });

  it('needs the rows of the catalogue', () => {
    expect(() => goodputFigures({}, 8, 600)).toThrow(/has no assumption/);
  });
});
