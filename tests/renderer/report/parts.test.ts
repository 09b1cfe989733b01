import { expect, test } from 'vitest';
import type { Part } from '@engine/report';
import {
  grossOfParts,
  largestPart,
  presentParts,
  shareText,
  sumOfParts,
} from '../../../src/renderer/report/chart/parts';

function part(key: string, value: number): Part {
  return { key, label: key, value, unit: 'USD' };
}

const parts = [part('nodes', 600), part('energy', 200), part('none', 0), part('residual', -150)];

test('parts below zero are taken off the sum but not off what shares refer to', () => {
  expect(sumOfParts(parts)).toBe(650);
  expect(grossOfParts(parts)).toBe(800);
  expect(largestPart(parts)).toMatchObject({ part: { key: 'nodes' }, share: 0.75 });
});

test('parts of nothing are not drawn', () => {
  expect(presentParts(parts).map(({ key }) => key)).toEqual(['nodes', 'energy', 'residual']);
});

test('a breakdown of nothing has no largest part', () => {
  expect(largestPart([])).toBeNull();
  expect(largestPart([part('nodes', 0)])).toBeNull();
});

test('a share too small to read says so', () => {
  expect(shareText(0.000_04, 'en').replaceAll('\u00a0', ' ')).toBe('< 0.1 %');
  expect(shareText(0, 'en').replaceAll('\u00a0', ' ')).toBe('0 %');
  expect(shareText(0.256, 'en').replaceAll('\u00a0', ' ')).toBe('25.6 %');
});
