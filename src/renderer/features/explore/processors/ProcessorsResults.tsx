import { SegmentedControl } from '@mantine/core';
import { compareProcessors } from '@engine/processors/compare-processors';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { memo, useMemo, useState } from 'react';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { ChapterFoot } from '../ChapterFoot';
import explore from '../explore.module.css';
import { DrawnFrom, From } from '../From';
import { RaceChart } from './RaceChart';
import { jobOf, machinesOf, processorsPlan, type ProcessorsChoice } from './processors-choice';
import { raceTitle, reasonText } from '../../../report/processors/processors-text';

interface ProcessorsResultsProps {
  readonly choice: ProcessorsChoice;
}

/** The race, and the figures of one machine at a time. */
export const ProcessorsResults = memo(function ProcessorsResults({
  choice,
}: ProcessorsResultsProps) {
  const { locale } = useReport();
  const [shown, setShown] = useState(5);
  const { answers } = useMemo(
    () => compareProcessors(jobOf(choice), machinesOf(choice), bundledCatalogue),
    [choice],
  );
  const [core, cpu, , , gpu, pace] = answers;
  const machine = answers[shown];
  const figures =
    machine === undefined
      ? []
      : [
          machine.seconds,
          machine.usd,
          machine.kilowattHours,
          machine.speedUp,
          machine.lanes,
          machine.matrixTflops,
          machine.memoryBandwidthTbps,
          machine.reached,
        ];
  const gpus = formatValue(choice.gpus, '', locale);
  const labels = ['1 core', '1 CPU', '2 CPUs', '128 CPUs', '1 H100', `${gpus} H100`];
  if (pace === undefined) return null;
  return (
    <>
      <DrawnFrom origin={`figure:${machine?.seconds.key ?? ''}`}>
        <div className={explore.chart}>
          <RaceChart title={raceTitle(core, pace, locale)} answers={answers} pace={pace} />
        </div>
      </DrawnFrom>
      <div data-from="reader:machine">
        <SegmentedControl
          aria-label="Machine whose figures are shown"
          size="xs"
          mb="sm"
          fullWidth
          data={labels.map((label, index) => ({ value: String(index), label }))}
          value={String(shown)}
          onChange={(index) => setShown(Number(index))}
        />
      </div>
      <FigureGrid figures={figures} />
      <ChapterFoot plan={() => processorsPlan(choice)} figures={figures}>
        {cpu !== undefined && gpu !== undefined && (
          <From origin={`figure:${machine?.lanes.key ?? ''}`}>{reasonText(cpu, gpu, locale)}</From>
        )}
      </ChapterFoot>
    </>
  );
});
