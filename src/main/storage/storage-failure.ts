import type { Failure } from '@shared/result';

/** The system's or SQLite's code of an error, such as 'ENOSPC' or 'SQLITE_FULL'; empty when it has none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Whether the bytes of a database are bad, as opposed to the disk or its permissions. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(errorCode(error));
}

/**
 * The failure behind an error of the disk or the database, in one sentence about `path`.
 * Null when the error is of another nature and belongs in the log.
 */
export function storageFailure(error: unknown, path: string): Failure | null {
  const code = errorCode(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      kind: 'storage full',
      message: `The disk that holds “${path}” is full, so the last change was not saved; everything saved before is kept. Free some space and try again.`,
    };
  }
  if (/^SQLITE_READONLY/.test(code) || ['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return {
      kind: 'cannot write',
      message: `“${path}” cannot be written, so the last change was not saved; everything saved before is kept. Allow writing there, or save to another folder.`,
    };
  }
  if (/^SQLITE_(CANTOPEN|IOERR|BUSY|LOCKED)/.test(code)) {
    return {
      kind: 'cannot write',
      message: `“${path}” cannot be used right now (${code}); everything saved before is kept. Close other programs that use it, check the disk, and try again.`,
    };
  }
  if (isDamage(error)) {
    return {
      kind: 'storage damaged',
      message: `“${path}” is damaged and nothing more was written to it. Restart Clusterwright: it keeps the damaged file and opens the newest good backup.`,
    };
  }
  return null;
}
