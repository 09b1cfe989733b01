import { Button } from '@mantine/core';
import { goodputFigures } from '@engine/training/goodput';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure, formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useMemo, useState } from 'react';
import { createPlanAndOpen } from '../../../app/create-plan';
import { DataTable } from '../../../report/chart/DataTable';
import { Plot } from '../../../report/chart/Plot';
import { marksAt, type PlotAxis, type PlotSeries } from '../../../report/chart/plot';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { thousandsChapter } from '../explore-chapters';
import explore from '../explore.module.css';
import { ExploreSection } from '../ExploreSection';
import { nearestStep } from '../steps';
import { StepSlider } from '../StepSlider';
import { acceleratorsPerNode } from '../training/training-choice';
import {
  clusterSteps,
  firstThousandsChoice,
  networkCurve,
  networkSteps,
  networkTitle,
  recoverySteps,
  thousandsPlan,
  thousandsRun,
  type ThousandsChoice,
} from './thousands-run';
import classes from './thousands.module.css';

/** Why companies deploy thousands of GPUs: what the network between them is for, and what failures take. */
export function ThousandsChapter() {
  const { locale } = useReport();
  const [choice, setChoice] = useState<ThousandsChoice>(firstThousandsChoice);
  const change = (changes: Partial<ThousandsChoice>) => setChoice({ ...choice, ...changes });
  const accelerators = choice.nodes * acceleratorsPerNode;
  const { run, points } = useMemo(
    () => ({ run: thousandsRun(choice), points: networkCurve(choice) }),
    [choice],
  );
  const failures = goodputFigures(
    bundledCatalogue.assumptions,
    accelerators,
    choice.recoveryMinutes * 60,
  );
  const percent = (value: number) => formatValue(value, 'fraction', locale);
  const speed = (value: number) => formatValue(value, '1', locale);
  const utilisationAxis: PlotAxis = {
    label: 'Arithmetic that trains',
    isLog: false,
    text: percent,
    holds: [0],
  };
  const utilisation: readonly PlotSeries[] = [
    {
      name: 'Utilisation',
      colour: 1,
      points: points.map((point) => ({ x: point.gigabitsPerSecond, y: point.utilisation })),
    },
  ];
  return (
    <ExploreSection
      chapter={thousandsChapter}
      lead={
        <>
          <p>
            A run that would take one GPU thousands of years has to be shared by thousands of them,
            and a model of that size does not fit into one. Many GPUs alone are not a computer,
            though: after every step each needs what the others have learned.
          </p>
          <p>
            Slow the network down and the GPUs wait for one another. Add more of them and something
            breaks more often; the whole run then stops and goes back to its last checkpoint. The
            run is that of Llama 3.1 405B.
          </p>
        </>
      }
    >
      <div className={explore.sliders}>
        <StepSlider
          label="Network of each GPU"
          count={networkSteps.length}
          step={nearestStep(networkSteps, choice.gigabitsPerSecond)}
          textOf={(step) => formatValue(networkSteps[step] ?? 1, 'Gb/s', locale)}
          onChange={(step) => change({ gigabitsPerSecond: networkSteps[step] ?? 1 })}
        />
        <StepSlider
          label="GPUs in the run"
          count={clusterSteps.length}
          step={nearestStep(clusterSteps, choice.nodes)}
          textOf={(step) =>
            formatValue((clusterSteps[step] ?? 1) * acceleratorsPerNode, '', locale)
          }
          onChange={(step) => change({ nodes: clusterSteps[step] ?? 64 })}
        />
        <StepSlider
          label="From failure to training again"
          count={recoverySteps.length}
          step={nearestStep(recoverySteps, choice.recoveryMinutes)}
          textOf={(step) => formatValue((recoverySteps[step] ?? 1) * 60, 's', locale)}
          onChange={(step) => change({ recoveryMinutes: recoverySteps[step] ?? 1 })}
        />
      </div>
      <FigureGrid
        figures={[
          ...(run === null ? [] : [run.modelFlopsUtilisation, run.days]),
          failures.between,
          failures.goodput,
        ]}
      />
      <div className={classes.chart}>
        {points.length > 0 && (
          <Plot
            title={networkTitle(points, choice, locale)}
            description="Model FLOPs utilisation by the speed of the network between nodes, one direction; the layout is that for 400 Gb/s."
            x={{ label: 'Gb/s for each GPU', isLog: true, text: speed }}
            y={utilisationAxis}
            series={utilisation}
            marks={marksAt(utilisation, choice.gigabitsPerSecond, utilisationAxis)}
            table={
              <DataTable
                caption={networkTitle(points, choice, locale)}
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
        )}
      </div>
      <div className={explore.after}>
        <p className={explore.quiet}>
          At the rate of failures that was published for Llama 3, something stops{' '}
          {formatValue(accelerators, '', locale)} GPUs every{' '}
          {formatFigure(failures.between, locale).text}. With checkpoints as often as is best,{' '}
          {formatFigure(failures.goodput, locale).text} of the time advances the run. Time to train
          above takes the effective time of the plan instead.
        </p>
        <Button
          variant="default"
          size="xs"
          onClick={() => void createPlanAndOpen(thousandsPlan(choice))}
        >
          Open this as a plan
        </Button>
      </div>
    </ExploreSection>
  );
}
