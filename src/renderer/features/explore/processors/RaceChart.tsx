import { Button } from '@mantine/core';
import type { ProcessorAnswer } from '@engine/processors/compare-processors';
import { formatValue } from '@shared/format/value';
import { figureCell } from '@shared/table/cell';
import { useState, type CSSProperties } from 'react';
import { ChartFrame } from '../../../report/chart/ChartFrame';
import { DataTable } from '../../../report/chart/DataTable';
import { useReport } from '../../../report/report-context';
import classes from './processors.module.css';
import { doneWhen } from '../../../report/processors/processors-text';

interface RaceChartProps {
  readonly title: string;
  readonly answers: readonly ProcessorAnswer[];
  readonly pace: ProcessorAnswer;
}

type Race = 'over' | 'running' | 'paused';

/** The time on the page for which the whole work of the machine that sets the pace stands. */
const raceSeconds = 8;

const columns = [
  { key: 'machine', title: 'Machine' },
  { key: 'seconds', title: 'Time', isNumber: true },
  { key: 'usd', title: 'Cost', isNumber: true },
  { key: 'kilowattHours', title: 'Energy', isNumber: true },
  { key: 'lanes', title: 'Side by side', isNumber: true },
  { key: 'matrixTflops', title: 'Peak', isNumber: true },
  { key: 'memoryBandwidthTbps', title: 'Memory', isNumber: true },
] as const;

/** How far each machine comes until the one that sets the pace is done: at rest the end of the race, or as it runs. */
export function RaceChart({ title, answers, pace }: RaceChartProps) {
  const { locale, mode } = useReport();
  const [race, setRace] = useState<Race>('over');
  const whole = formatValue(pace.seconds.value ?? Number.NaN, 's', locale);
  return (
    <ChartFrame
      title={title}
      description={`A full bar is the whole work. When it runs, ${raceSeconds} seconds stand for ${whole}, for every machine alike.`}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={columns}
          rows={answers.map((answer) =>
            columns.map(({ key }) => (key === 'machine' ? answer.name : figureCell(answer[key]))),
          )}
        />
      }
    >
      <ul
        className={classes.race}
        data-race={race}
        onAnimationEnd={({ elapsedTime }) => {
          if (elapsedTime >= raceSeconds) setRace('over');
        }}
      >
        {answers.map((answer) => {
          const share = doneWhen(answer, pace);
          const early = (answer.seconds.value ?? 0) / (pace.seconds.value ?? 1);
          return (
            <li key={answer.name} className={classes.lane}>
              <span className={classes.machine}>{answer.name}</span>
              <span className={classes.track} aria-hidden>
                <span
                  className={classes.bar}
                  data-kind={answer.kind}
                  style={
                    {
                      '--share': share ?? 0,
                      '--run': `${Math.min(1, early) * raceSeconds}s`,
                    } as CSSProperties
                  }
                />
              </span>
              <span className={classes.done}>
                {share === null ? 'does not fit' : formatValue(share, 'fraction', locale)}
              </span>
            </li>
          );
        })}
      </ul>
      {mode === 'screen' && (
        <Button
          variant="default"
          size="compact-sm"
          mt="sm"
          onClick={() => setRace(race === 'running' ? 'paused' : 'running')}
        >
          {race === 'running' ? 'Pause the race' : 'Run the race'}
        </Button>
      )}
    </ChartFrame>
  );
}
