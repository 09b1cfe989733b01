import type { Accelerator } from '@engine/catalogue/types';
import type { TrainingReport } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { BreakdownBars } from '../chart/BreakdownBars';
import { LossDiagram } from '../chart/LossDiagram';
import { useReport } from '../report-context';
import { largestPartTitle, memoryCapacity, wholeOf } from '../section/subject';
import { StageMemoryChart } from './StageMemoryChart';

interface TrainingChartsProps {
  readonly result: TrainingReport;
  readonly accelerator: Accelerator | null;
}

/** Where the peak rate goes, what fills the memory, and what a step's time is spent on. */
export function TrainingCharts({ result, accelerator }: TrainingChartsProps) {
  const { locale } = useReport();
  return (
    <>
      {result.lossStages.length > 0 && (
        <LossDiagram stages={result.lossStages} whole={wholeOf(result)} />
      )}
      {result.memoryParts.length > 0 && (
        <BreakdownBars
          title={memoryTitle(result, accelerator, locale)}
          description="Memory of the fullest accelerator."
          parts={result.memoryParts}
          capacity={memoryCapacity(accelerator)}
        />
      )}
      {result.memoryStages.length > 1 && (
        <StageMemoryChart
          stages={result.memoryStages}
          capacityGb={accelerator?.memoryCapacity.value ?? null}
        />
      )}
      {result.stepParts.length > 0 && (
        <BreakdownBars
          title={largestPartTitle(result.stepParts, 'a training step', locale)}
          description="Time of one optimizer step."
          parts={result.stepParts}
        />
      )}
    </>
  );
}

function memoryTitle(
  result: TrainingReport,
  accelerator: Accelerator | null,
  locale: string,
): string {
  const part = largestPartTitle(result.memoryParts, 'the memory used', locale);
  const used = result.memoryGbPerAccelerator.value;
  const capacity = accelerator?.memoryCapacity.value;
  if (used === null || capacity === undefined || used <= capacity) return part;
  return `The job needs ${formatValue(used, 'GB', locale)} per accelerator and ${formatValue(capacity, 'GB', locale)} are there`;
}
