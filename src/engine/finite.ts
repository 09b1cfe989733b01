import type { Finding, InferenceReport, Part, TrainingReport, WorkloadReport } from './report';

/**
 * Figures keep themselves finite (explain.ts); this does the same for the plain numbers beside them. A step, curve point
 * or part without a finite number is left out: the figure it belongs to says why.
 */
function areFinite(...values: readonly number[]): boolean {
  return values.every(Number.isFinite);
}

function finiteParts(parts: readonly Part[]): readonly Part[] {
  return parts.every((part) => areFinite(part.value)) ? parts : [];
}

function finiteTraining(report: TrainingReport): TrainingReport {
  const stages = report.lossStages;
  return {
    ...report,
    memoryParts: finiteParts(report.memoryParts),
    stepParts: finiteParts(report.stepParts),
    lossStages: stages.every((stage) =>
      areFinite(stage.remaining, stage.usdLostPerHour, stage.usdLost ?? 0),
    )
      ? stages
      : [],
  };
}

function finiteInference(report: InferenceReport): InferenceReport {
  const stages = report.lossStages;
  return {
    ...report,
    memoryParts: finiteParts(report.memoryParts),
    decodeParts: finiteParts(report.decodeParts),
    lossStages: stages.every((stage) => areFinite(stage.remaining, stage.usdLostPerHour))
      ? stages
      : [],
    dailyLoad: report.dailyLoad.filter((point) =>
      areFinite(point.requestsPerSecond, point.replicasNeeded ?? 0),
    ),
    batchCurve: report.batchCurve.filter((point) =>
      areFinite(point.batch, point.timePerOutputTokenMs, point.tokensPerSecond),
    ),
  };
}

/** The report without numbers that are not finite. */
export function finiteWorkload(report: WorkloadReport): WorkloadReport {
  return report.kind === 'training' ? finiteTraining(report) : finiteInference(report);
}

/** The finding without a fix whose value is not finite. */
export function finiteFinding(finding: Finding): Finding {
  return finding.fix && !areFinite(finding.fix.value) ? { ...finding, fix: null } : finding;
}
