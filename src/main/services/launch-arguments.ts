import { resolve } from 'node:path';
import type { Paper } from '@shared/ipc/contract';
import { planFileExtension } from '@shared/plan/schema';
import { failure, type Result, success } from '@shared/result';

/** Print one plan file to PDF and leave: `--export-pdf=<plan> --pdf-out=<file> [--paper=A4|Letter]`. */
export interface ExportOrder {
  readonly planPath: string;
  readonly pdfPath: string;
  readonly paper: Paper;
}

export interface LaunchArguments {
  readonly files: readonly string[];
  readonly exportOrder: ExportOrder | null;
}

/** Reads the command line. Switches of Electron and Chromium, and the app's own folder, are passed over. */
export function readLaunchArguments(
  argv: readonly string[],
  workingFolder: string,
): Result<LaunchArguments> {
  const planPath = option(argv, 'export-pdf');
  if (planPath === null)
    return success({ files: planFiles(argv, workingFolder), exportOrder: null });
  const pdfPath = option(argv, 'pdf-out');
  const paper = option(argv, 'paper') ?? 'A4';
  if (planPath === '' || pdfPath === null || pdfPath === '') {
    return failure(
      'invalid input',
      'Exporting needs both files: --export-pdf=<plan file> --pdf-out=<PDF file>. Nothing was written.',
    );
  }
  if (paper !== 'A4' && paper !== 'Letter') {
    return failure(
      'invalid input',
      `--paper is A4 or Letter, not “${paper}”. Nothing was written.`,
    );
  }
  return success({
    files: [],
    exportOrder: {
      planPath: resolve(workingFolder, planPath),
      pdfPath: resolve(workingFolder, pdfPath),
      paper,
    },
  });
}

function planFiles(argv: readonly string[], workingFolder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith('-'))
    .filter((argument) => new RegExp(`\\.(${planFileExtension}|pdf)$`, 'i').test(argument))
    .map((file) => resolve(workingFolder, file));
}

function option(argv: readonly string[], name: string): string | null {
  const prefix = `--${name}=`;
  return argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? null;
}
