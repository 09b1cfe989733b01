import { describe, expect, it } from 'vitest';
import { relativeTime } from '../../../src/renderer/document/relative-time';

const nowMs = Date.parse('2026-11-23T12:00:00Z');

describe('how long ago a moment was', () => {
  it.each([
    ['2026-11-23T11:59:40Z', 'just now'],
    ['2026-11-23T12:00:05Z', 'just now'],
    ['2026-11-23T11:55:00Z', '5 minutes ago'],
    ['2026-11-23T09:00:00Z', '3 hours ago'],
    ['2026-11-22T11:00:00Z', 'yesterday'],
    ['2026-11-10T12:00:00Z', '2 weeks ago'],
    ['2024-11-01T12:00:00Z', '2 years ago'],
  ])('%s is %s', (iso, expected) => {
    expect(relativeTime(iso, nowMs)).toBe(expected);
  });
});
