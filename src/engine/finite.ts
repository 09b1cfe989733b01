import type { DayPoint } from './service/daily-load';
import type {
  Finding,
  InferenceReport,
  Part,
  TaskReport,
  TrainingReport,
  WorkloadReport,
} from './report';

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

function finiteDay(points: readonly DayPoint[]): readonly DayPoint[] {
  return points.filter(({ requestsPerSecond, replicasNeeded }) =>
    areFinite(requestsPerSecond, replicasNeeded ?? 0),
  );
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
    dailyLoad: finiteDay(report.dailyLoad),
    batchCurve: report.batchCurve.filter((point) =>
      areFinite(point.batch, point.timePerOutputTokenMs, point.tokensPerSecond),
    ),
  };
}

function finiteTask(report: TaskReport): TaskReport {
  return {
    ...report,
    batchParts: finiteParts(report.batchParts),
    dailyLoad: finiteDay(report.dailyLoad),
  };
}

/** The report without numbers that are not finite. */
export function finiteWorkload(report: WorkloadReport): WorkloadReport {
  switch (report.kind) {
    case 'training':
      return finiteTraining(report);
    case 'inference':
      return finiteInference(report);
    case 'task':
      return finiteTask(report);
  }
}

/** The finding without a fix whose value is not finite. */
export function finiteFinding(finding: Finding): Finding {
  return finding.fix && !areFinite(finding.fix.value) ? { ...finding, fix: null } : finding;
}
