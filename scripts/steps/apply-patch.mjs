import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Applies a unified diff below `folder`. Every line must match where the diff says: a patch belongs to one exact
 * version, and a near match would be a mistake.
 */
export function applyPatch(patchText, folder) {
  for (const part of patchText.split(/^--- .*\n/m).slice(1)) {
    const [heading, ...hunks] = part.split(/^@@ /m);
    const path = join(folder, heading.trim().replace(/^\+\+\+ b\//, ''));
    const lines = readFileSync(path, 'utf8').split('\n');
    const result = [];
    let at = 0;
    for (const hunk of hunks) {
      const [position, ...changes] = hunk.replace(/\n$/, '').split('\n');
      const start = Number(position.match(/^-(\d+)/)[1]) - 1;
      result.push(...lines.slice(at, start));
      at = start;
      for (const change of changes) {
        const text = change.slice(1);
        if (change[0] === '+') {
          result.push(text);
          continue;
        }
        if (lines[at] !== text) throw new Error(`The patch does not fit ${path}:${at + 1}`);
        if (change[0] === ' ') result.push(text);
        at += 1;
      }
    }
    writeFileSync(path, [...result, ...lines.slice(at)].join('\n'));
  }
}
