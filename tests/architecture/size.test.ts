import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function lineCount(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length;
}

/** Lines that hold code: docstrings, which the engine is rich in, and blank lines count on neither side. */
function codeLineCount(file: string): number {
  return readFileSync(file, 'utf8')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}

function totalLines(...folders: string[]): number {
  return folders.flatMap(sourceFiles).reduce((total, file) => total + codeLineCount(file), 0);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

describe('the size of files', () => {
  const lengths = sourceFiles('src')
    .map(lineCount)
    .sort((a, b) => a - b);

  it('has a median of at most 80 lines and a 90th percentile of at most 250', () => {
    expect(quantile(lengths, 0.5)).toBeLessThanOrEqual(80);
    expect(quantile(lengths, 0.9)).toBeLessThanOrEqual(250);
  });

  it('has no file above 400 lines', () => {
    expect(lengths.at(-1)).toBeLessThanOrEqual(400);
  });
});

describe('the amount of tests', () => {
  it.each([
    ['src/engine', ['tests/engine']],
    ['src/shared', ['tests/shared']],
    ['src/main/storage', ['tests/storage']],
  ])('%s has at least as many lines of tests as of source, comments left out', (source, tests) => {
    expect(totalLines(...tests)).toBeGreaterThanOrEqual(totalLines(source));
  });
});
