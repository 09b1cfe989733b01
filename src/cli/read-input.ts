import { basename } from 'node:path';
import type { Plan } from '@engine/plan';
import { parsePlanText } from '@shared/plan/parse';
import { CommandFailure, type CommandIo } from './io';

/** Reads a plan file; what is wrong with it is the command's failure. */
export async function readPlan(path: string, io: CommandIo): Promise<Plan> {
  const name = path === '-' ? 'standard input' : basename(path);
  const parsed = parsePlanText(await io.read(path), name);
  if (!parsed.ok) throw new CommandFailure(parsed.error.message);
  return parsed.value;
}

/** Reads a JSON file. */
export async function readJson(path: string, io: CommandIo): Promise<unknown> {
  const text = await io.read(path);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw new CommandFailure(
      `${path === '-' ? 'Standard input' : path} is not JSON: ${detail} Nothing was computed; correct it and run the command again.`,
    );
  }
}
