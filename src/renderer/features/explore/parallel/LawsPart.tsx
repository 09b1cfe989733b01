import { formatValue } from '@shared/format/value';
import { usePlan } from '../../../document/document';
import { Plot } from '../../../report/chart/Plot';
import { marksAt, type PlotAxis } from '../../../report/chart/plot';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { ChapterFoot } from '../ChapterFoot';
import explore from '../explore.module.css';
import { DrawnFrom, From } from '../From';
import { useTrainingAnswers } from '../training/training-answers';
import { firstTrainingChoice } from '../training/training-choice';
import { curveQuestions, knownDaysCurve } from '../training/training-run';
import { parallelPlan } from './parallel-choice';
import { lawsTitle } from './parallel-text';
import { lawSeries, runLaws } from './run-laws';

/** Amdahl's and Gustafson's laws with the serial share of the open plan's run, else of the chapter's own. */
export function LawsPart() {
  const { locale } = useReport();
  const open = usePlan();
  const isAnswered = useTrainingAnswers('laws', curveQuestions(firstTrainingChoice));
  const ofPlan = open === null ? null : runLaws(open);
  const laws = ofPlan ?? (isAnswered ? runLaws(parallelPlan()) : null);
  const number = (value: number) => formatValue(value, '1', locale);
  const up: PlotAxis = {
    label: 'Times as much as one',
    isLog: true,
    text: number,
    read: (value) => `${number(value)} ×`,
  };
  if (laws === null) return <p className={explore.waiting}>Searching the fastest layout …</p>;
  const { share } = laws;
  const series = lawSeries(laws, ofPlan === null ? knownDaysCurve(firstTrainingChoice) : []);
  const figures = [share.ofMany, share.ofOne, share.speedUp, share.limit];
  return (
    <section className={explore.block} aria-labelledby="parallel-laws">
      <h3 className={explore.blockTitle} id="parallel-laws">
        Two laws of one run
      </h3>
      <p className={explore.quiet}>
        Amdahl asked how fast a fixed piece of work can become: the part that cannot be shared
        remains, and in the end it is all that is left. Gustafson asked how much can be done in the
        same time: give more workers more work, and the part that cannot be shared stays small. Both
        are right. Training grew by Gustafson: larger models and larger steps for more GPUs.
      </p>
      <DrawnFrom origin={`figure:${share.speedUp.key}`}>
        <div className={explore.chart}>
          <Plot
            title={lawsTitle(laws.name, share, locale)}
            description="Amdahl: the same work, sooner. Gustafson: more work in the same time. Engine: the same work as the collectives let it go, with a layout for each number of GPUs. Both axes grow by factors."
            x={{ label: 'GPUs', isLog: true, text: (value) => formatValue(value, '', locale) }}
            y={up}
            series={series}
            marks={marksAt(series.slice(1, 2), share.accelerators, up)}
            hasEndLabels
          />
        </div>
      </DrawnFrom>
      <FigureGrid figures={figures} />
      <ChapterFoot
        plan={() => open ?? parallelPlan()}
        planLabel={ofPlan === null ? 'Open this as a plan' : 'Open a copy of the plan'}
        figures={figures}
        sourceIds={['aiconfigurator-kernels']}
      >
        <From origin={`figure:${share.ofMany.key}`}>
          {ofPlan === null
            ? `The share is that of ${laws.name} as it was published`
            : 'The share is that of the plan that is open'}
        </From>
        : of every step, the time in which GPUs wait for one another, exchange results or start
        kernels. No such share is fixed. The engine’s own curve has another layout for each number
        of GPUs, so that it may lie above a law or below it; where it turns down, communication has
        ended the gain.
      </ChapterFoot>
    </section>
  );
}
