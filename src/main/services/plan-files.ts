import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Plan } from '@engine/plan';
import { canonicalPlan } from '@shared/plan/canonical';
import { parsePlanText } from '@shared/plan/parse';
import { failure, type Result, success } from '@shared/result';
import { writeFileDurably } from '../storage/durable-file';
import { errorCode, storageFailure } from '../storage/storage-failure';

const fileLimitBytes = 200_000_000;

/** Reads a .clusterplan file, or a PDF that carries a plan. */
export async function readPlanFile(path: string): Promise<Result<Plan>> {
  const name = basename(path);
  try {
    const { size } = await stat(path);
    if (size > fileLimitBytes) return tooLarge(name);
    return await readPlanBytes(await readFile(path), name);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return failure(
        'not found',
        `“${path}” does not exist (any more). Nothing was changed; choose another file.`,
      );
    }
    if (code === '') throw error;
    return failure(
      'unreadable file',
      `“${path}” cannot be read (${code}). Nothing was changed; allow reading it, or choose another file.`,
    );
  }
}

/** Reads the bytes of a dropped or opened file by what they are, not by the file's extension. */
export async function readPlanBytes(bytes: Uint8Array, fileName: string): Promise<Result<Plan>> {
  if (bytes.length > fileLimitBytes) return tooLarge(fileName);
  if (isPdf(bytes)) {
    // Loaded when first needed: it is large, and most starts never touch a PDF.
    const { extractPlanText } = await import('./plan-pdf');
    const text = await extractPlanText(bytes, fileName);
    return text.ok ? parsePlanText(text.value, fileName) : text;
  }
  return parsePlanText(new TextDecoder().decode(bytes), fileName);
}

export async function writePlanFile(path: string, plan: Plan): Promise<Result<{ path: string }>> {
  return writeFileFor(path, new TextEncoder().encode(canonicalPlan(plan)));
}

/** Writes a file the user asked for; a full disk or missing right becomes a sentence. */
export async function writeFileFor(
  path: string,
  bytes: Uint8Array,
): Promise<Result<{ path: string }>> {
  try {
    await writeFileDurably(path, bytes);
    return success({ path });
  } catch (error) {
    const known = storageFailure(error, path);
    if (known !== null) return { ok: false, error: known };
    if (errorCode(error) === '') throw error;
    return failure(
      'cannot write',
      `“${path}” could not be written (${errorCode(error)}). What was there before is kept; choose another folder.`,
    );
  }
}

/** A file name made from a plan's name that every system accepts. */
export function fileNameFor(planName: string, extension: string): string {
  const cleaned = planName
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 100)
    .trim();
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(cleaned);
  return `${cleaned === '' || isReserved ? `Plan ${cleaned}`.trim() : cleaned}.${extension}`;
}

function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1_024)).includes('%PDF-');
}

function tooLarge(fileName: string): Result<never> {
  return failure(
    'unreadable file',
    `“${fileName}” could not be opened: it is larger than 200 MB, more than any plan. The file was not changed. Choose a .clusterplan file, or a PDF exported by Clusterwright.`,
  );
}
