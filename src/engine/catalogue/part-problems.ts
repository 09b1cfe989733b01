import type { Finding } from '../report';

/** A problem with a part of the plan's own or a replaced value: the part is left out, never another taken for it. */
export function partProblem(code: string, title: string, cause: string, advice: string): Finding {
  return {
    level: 'problem',
    code: `parts.${code}`,
    subjectId: null,
    field: null,
    title,
    cause,
    advice,
    fix: null,
  };
}
