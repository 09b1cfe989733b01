import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortened } from '@shared/format/shortened';

test.each([
  ['a,b', 'a,b'],
  ['x'.repeat(200), `${'x'.repeat(32)}…`],
  ['\u0000PK\u0003\u0004\uFFFDzip', 'PK zip'],
  ['😀'.repeat(40), `${'😀'.repeat(32)}…`],
])('%j stands as %j', (text, expected) => {
  expect(shortened(text)).toBe(expected);
});

test('any text becomes one short line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      expect(Array.from(shortened(text)).length).toBeLessThanOrEqual(33);
      expect(shortened(text)).not.toMatch(/[\n\r\0]/);
    }),
  );
});
