import { goodputFigures } from '@engine/training/goodput';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { memo, useState } from 'react';
import { DataTable } from '../../../report/chart/DataTable';
import { Plot } from '../../../report/chart/Plot';
import { marksAt, type PlotAxis, type PlotSeries } from '../../../report/chart/plot';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { ChapterFoot } from '../ChapterFoot';
import explore from '../explore.module.css';
import { DrawnFrom, FigureText, From } from '../From';
import { useTrainingAnswers } from '../training/training-answers';
import { acceleratorsPerNode } from '../training/training-choice';
import {
  layoutQuestion,
  networkCurve,
  networkTitle,
  thousandsPlan,
  thousandsRun,
  type ThousandsChoice,
} from './thousands-run';

interface ThousandsResultsProps {
  readonly choice: ThousandsChoice;
}

/** What follows from the choice, once the layout for so many GPUs is known. */
export const ThousandsResults = memo(function ThousandsResults({ choice }: ThousandsResultsProps) {
  const isAnswered = useTrainingAnswers('thousands', [layoutQuestion(choice.nodes)]);
  const [shown, setShown] = useState<ThousandsChoice | null>(null);
  if (isAnswered && shown !== choice) setShown(choice);
  if (shown === null) return <p className={explore.waiting}>Searching the fastest layout …</p>;
  return <Answered choice={shown} />;
});

function Answered({ choice }: ThousandsResultsProps) {
  const accelerators = choice.nodes * acceleratorsPerNode;
  const run = thousandsRun(choice);
  const failures = goodputFigures(
    bundledCatalogue.assumptions,
    accelerators,
    choice.recoveryMinutes * 60,
  );
  const figures = [
    ...(run === null ? [] : [run.modelFlopsUtilisation, run.days]),
    failures.between,
    failures.goodput,
  ];
  const { locale } = useReport();
  return (
    <>
      <FigureGrid figures={figures} />
      <DrawnFrom origin={`figure:${run?.modelFlopsUtilisation.key ?? failures.goodput.key}`}>
        <NetworkChart choice={choice} />
      </DrawnFrom>
      <ChapterFoot plan={() => thousandsPlan(choice)} figures={figures}>
        At the rate of failures that was published for Llama 3, something stops{' '}
        <From origin="reader:nodes">{formatValue(accelerators, '', locale)}</From> GPUs every{' '}
        <FigureText figure={failures.between} />. With checkpoints as often as is best,{' '}
        <FigureText figure={failures.goodput} /> of the time advances the run. Time to train above
        takes the effective time of the plan instead.
      </ChapterFoot>
    </>
  );
}

function NetworkChart({ choice }: ThousandsResultsProps) {
  const { locale } = useReport();
  const points = networkCurve(choice);
  const percent = (value: number) => formatValue(value, 'fraction', locale);
  const speed = (value: number) => formatValue(value, '1', locale);
  const up: PlotAxis = { label: 'Arithmetic that trains', isLog: false, text: percent, holds: [0] };
  const series: readonly PlotSeries[] = [
    {
      name: 'Utilisation',
      colour: 1,
      points: points.map((point) => ({ x: point.gigabitsPerSecond, y: point.utilisation })),
    },
  ];
  if (points.length === 0) return null;
  const title = networkTitle(points, choice, locale);
  return (
    <div className={explore.chart}>
      <Plot
        title={title}
        description="Model FLOPs utilisation by the speed of the network between nodes, one direction; the layout is that for the network that the nodes are sold with."
        x={{ label: 'Gb/s for each GPU', isLog: true, text: speed }}
        y={up}
        series={series}
        marks={marksAt(series, choice.gigabitsPerSecond, up)}
        table={
          <DataTable
            caption={title}
            isCaptionHidden
            columns={[
              { key: 'speed', title: 'Gb/s', isNumber: true },
              { key: 'utilisation', title: 'Utilisation', isNumber: true },
              { key: 'days', title: 'Time', isNumber: true },
            ]}
            rows={points.map((point) => [
              numberCell(point.gigabitsPerSecond, 'Gb/s'),
              numberCell(point.utilisation, 'fraction'),
              numberCell(point.days, 'days'),
            ])}
          />
        }
      />
    </div>
  );
}
