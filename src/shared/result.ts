/** An outcome that travels as data: errors cross process boundaries as values, never as exceptions. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Failure };

/** What kind of thing went wrong; the interface decides by kind, the user reads the message. */
export type FailureKind =
  | 'invalid input'
  | 'not found'
  | 'conflict'
  | 'not a plan'
  | 'newer version'
  | 'unreadable file'
  | 'cannot write'
  | 'storage full'
  | 'storage damaged'
  | 'internal';

/** `message` is one sentence for the user: what happened, what was kept, what to do. */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}

export function success<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function failure(kind: FailureKind, message: string): Result<never> {
  return { ok: false, error: { kind, message } };
}
