import type { Catalogue } from '@engine/catalogue/types';
import type { TrainingConstants } from '@engine/training/constants';
import { CaseError, readCase, type Prediction } from './case';
import { caseMachine } from './case-hardware';
import { refuseMisstatements } from './case-problems';
import { caseArchitecture, publishedTokens } from './case-model';
import { estimateImages } from './estimate-images';
import { estimateInference } from './estimate-inference';
import { caseImageModel } from './image-model';
import { withCount } from './unsaid-count';
import { estimateTraining, settleTraining, type SettledTraining } from './estimate-training';

/** Predicts every case, in order; one that cannot be predicted says why and never stops the others. */
export function estimateCases(cases: readonly unknown[], catalogue: Catalogue): Prediction[] {
  return cases.map((raw) => estimateCase(raw, catalogue));
}

function estimateCase(raw: unknown, catalogue: Catalogue): Prediction {
  const assumptions: string[] = [];
  const assume = (sentence: string): void => void assumptions.push(sentence);
  const read = readCase(raw);
  const id = read?.id ?? null;
  if (read === null) return { id, assumptions, error: 'The case is not a JSON object.' };
  try {
    refuseMisstatements(raw, assume);
    if (!read.training && !read.serving) {
      throw new CaseError('The case has neither a training nor a serving part.');
    }
    const imageModel = read.serving
      ? caseImageModel(read.model, read.serving, catalogue, assume)
      : null;
    if (read.serving && imageModel !== null) {
      const machine = caseMachine(read.hardware, catalogue, assume);
      return {
        id,
        ...estimateImages(
          read.serving,
          read.model?.name ?? '',
          imageModel,
          machine,
          catalogue,
          assume,
        ),
        assumptions,
      };
    }
    const architecture = caseArchitecture(read.model, catalogue, assume);
    const hardware = withCount(read, architecture, catalogue, assume);
    const machine = caseMachine(hardware, catalogue, assume);
    const result = read.training
      ? estimateTraining(
          read.training,
          architecture,
          publishedTokens(read.model, catalogue),
          machine,
          catalogue,
          read.flop_convention,
          assume,
        )
      : read.serving
        ? estimateInference(
            read.serving,
            read.model?.name ?? '',
            architecture,
            machine,
            catalogue,
            assume,
          )
        : null;
    if (result === null || !isFiniteResult(result.predicted)) {
      throw new CaseError('The numbers of the case give no finite result.');
    }
    return { id, ...result, assumptions };
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    return { id, assumptions, error: error.message };
  }
}

/** One training case settled as estimateCases settles it, for calibration; null where it cannot be. */
export function settleCase(
  raw: unknown,
  catalogue: Catalogue,
  constants: TrainingConstants,
): SettledTraining | null {
  const read = readCase(raw);
  if (!read?.training) return null;
  const ignore = (): void => undefined;
  const architecture = caseArchitecture(read.model, catalogue, ignore);
  return settleTraining(
    read.training,
    architecture,
    publishedTokens(read.model, catalogue),
    caseMachine(withCount(read, architecture, catalogue, ignore), catalogue, ignore),
    constants,
    read.flop_convention,
    ignore,
  );
}

function isFiniteResult(predicted: Prediction['predicted']): boolean {
  return Object.values(predicted ?? {}).every((value) => Number.isFinite(value));
}
