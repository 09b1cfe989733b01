import type { Finding, FindingLevel } from '@engine/report';

const names: readonly (readonly [FindingLevel, string, string])[] = [
  ['problem', 'problem', 'problems'],
  ['warning', 'warning', 'warnings'],
  ['note', 'note', 'notes'],
];

/** What the checks found, in a few words: “1 problem, 2 warnings”. */
export function findingsSummary(findings: readonly Finding[]): string {
  const parts = names
    .map(([level, one, many]) => {
      const count = findings.filter((finding) => finding.level === level).length;
      return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
    })
    .filter((part) => part !== null);
  return parts.length === 0 ? 'Nothing found' : parts.join(', ');
}
