import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** A path as it would be typed: `workloads[0].layout.tensorParallel`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** One issue in words: the field, what was expected there and what was found. */
export function issueText(issue: Issue, document: unknown): string {
  const where = fieldPath(issue.path);
  const text = expectation(issue, valueAt(document, issue.path));
  return where === '' ? text : `${where}: ${text}`;
}

function expectation(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (found === undefined) return 'missing';
      return `expected ${kindNames[issue.expected] ?? issue.expected}, found ${shown(found)}`;
    case 'too_small':
      return `expected ${bound(issue.origin, 'at least', issue.minimum)}, found ${shown(found)}`;
    case 'too_big':
      return `expected ${bound(issue.origin, 'at most', issue.maximum)}, found ${shown(found)}`;
    case 'invalid_value':
      return `expected ${issue.values.map((value) => shown(value)).join(' or ')}, found ${shown(found)}`;
    case 'unrecognized_keys':
      return `unknown field ${issue.keys.map((key) => shown(key)).join(', ')}`;
    case 'invalid_union':
      return unionExpectation(issue, found);
    case 'custom':
      return issue.message;
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return `${shown(found)} is not allowed here`;
  }
}

/** A union of single values reads as a choice; a union of shapes is told apart by its `kind`. */
function unionExpectation(issue: Issue & { code: 'invalid_union' }, found: unknown): string {
  const kinds = 'options' in issue ? (issue.options ?? []) : [];
  const values = issue.errors
    .flat()
    .flatMap((branch) => (branch.code === 'invalid_value' ? branch.values : []));
  const wanted = [...kinds, ...values].map((value) => shown(value)).join(' or ');
  return `expected ${wanted === '' ? 'something else' : wanted}, found ${shown(found)}`;
}

const kindNames: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function bound(origin: string, direction: string, limit: number | bigint): string {
  if (origin === 'string') return `a length of ${direction} ${limit}`;
  if (origin === 'array') return `${direction} ${limit} in the list`;
  return `${direction} ${limit}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, key)?.value;
  }, document);
}
