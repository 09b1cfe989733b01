import { imageFleet } from '@engine/users/image-fleet';
import { peakRequestsPerSecond } from '@engine/users/demand';
import { siteFleet } from '@engine/users/sites';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { memo } from 'react';
import { Plot } from '../../../report/chart/Plot';
import type { PlotSeries } from '../../../report/chart/plot';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { ChapterFoot } from '../ChapterFoot';
import explore from '../explore.module.css';
import { DrawnFrom, FactText, From } from '../From';
import { imageModel, serviceReport, servingSystem } from './inference-answer';
import { useServiceCurves } from './inference-answers';
import { loadFactKeys, servicePlan, textServices, type InferenceChoice } from './inference-choice';
import { serviceNoun, usersTitle } from './inference-text';
import { ResponseChart } from './ResponseChart';

interface InferenceResultsProps {
  readonly choice: InferenceChoice;
}

const { assumptions } = bundledCatalogue;

/** What the users need: the accelerators, and what one of them gets. Null where the catalogue cannot serve it. */
function serving(choice: InferenceChoice) {
  if (servingSystem === null) return null;
  if (choice.kind === 'images') {
    const fleet =
      imageModel && imageFleet(bundledCatalogue, servingSystem, imageModel, choice.users);
    if (!fleet) return null;
    const { peakRequests, accelerators, secondsPerImage, slowestSeconds } = fleet;
    return { needed: accelerators, peak: peakRequests, answers: [secondsPerImage, slowestSeconds] };
  }
  const report = serviceReport(choice.kind, choice.users);
  if (report === null) return null;
  return {
    needed: report.acceleratorsNeeded,
    peak: peakRequestsPerSecond(assumptions, 'message', choice.users),
    answers: [report.timeToFirstTokenMs, report.timePerOutputTokenMs],
  };
}

/** The fleet for the chosen users, its datacentres, the curve of users, and the response under load. */
export const InferenceResults = memo(function InferenceResults({ choice }: InferenceResultsProps) {
  const found = serving(choice);
  const curves = useServiceCurves(choice.kind);
  if (found === null || servingSystem === null) return null;
  const sites = siteFleet(found.needed, choice.sites, servingSystem, assumptions);
  const figures = [
    found.peak,
    found.needed,
    ...found.answers,
    sites.perSite,
    sites.total,
    sites.powerKw,
  ];
  return (
    <>
      <FigureGrid figures={figures.slice(0, 4)} />
      <div className={explore.chart}>
        <FigureGrid figures={figures.slice(4)} />
      </div>
      {curves === undefined ? (
        <p className={explore.waiting}>Simulating requests …</p>
      ) : (
        <>
          <UsersChart choice={choice} needed={found.needed} curve={curves.fleet} />
          <DrawnFrom origin={`figure:${found.answers[0]?.key ?? ''}`}>
            <ResponseChart kind={choice.kind} points={curves.response} />
          </DrawnFrom>
        </>
      )}
      <ChapterFoot
        plan={() => servicePlan(choice, sites.nodesPerSite)}
        figures={figures}
        factKeys={loadFactKeys}
        sourceIds={sourcesOf(choice)}
      >
        <LoadText choice={choice} />
      </ChapterFoot>
    </>
  );
});

function sourcesOf({ kind }: InferenceChoice): readonly string[] {
  if (kind === 'images') return imageModel === null ? [] : [imageModel.steps.source];
  const { benchmark } = textServices[kind];
  return benchmark === undefined ? [] : [benchmark.inputTokens.source];
}

interface UsersChartProps {
  readonly choice: InferenceChoice;
  readonly needed: Figure;
  readonly curve: readonly { readonly users: number; readonly gpus: number }[];
}

function UsersChart({ choice, needed, curve }: UsersChartProps) {
  const { locale } = useReport();
  const count = (value: number) => formatValue(value, '', locale);
  const points = curve.map(({ users, gpus }) => ({ x: users, y: gpus }));
  const series: readonly PlotSeries[] = [{ name: 'GPUs', colour: 1, points }];
  const own =
    needed.value === null
      ? []
      : [{ key: 'own', x: choice.users, y: needed.value, colour: 1, text: count(needed.value) }];
  return (
    <DrawnFrom origin={`figure:${needed.key}`}>
      <div className={explore.chart}>
        <Plot
          title={usersTitle(choice, needed.value, curve, locale)}
          description="H200 at the busiest moment of a day, one datacentre, nothing in reserve. Both axes grow by factors."
          x={{ label: 'Users', isLog: true, text: count, holds: [choice.users] }}
          y={{ label: 'GPUs', isLog: true, text: count, holds: own.map(({ y }) => y) }}
          series={series}
          marks={own}
        />
      </div>
    </DrawnFrom>
  );
}

/** The load behind the figures, in words, with what it was read from. */
function LoadText({ choice }: InferenceResultsProps) {
  const { locale } = useReport();
  if (choice.kind === 'images') {
    return (
      <>
        A user makes <FactText factKey="load.images.imagesPerUserDay" />, as in the first week of
        the best documented launch, of the size and steps of {imageModel?.name}; at the peak more
        are asked for than on average.
      </>
    );
  }
  const { modelId, benchmark } = textServices[choice.kind];
  const name = bundledCatalogue.models.get(modelId)?.name ?? modelId;
  return (
    <>
      A user sends <FactText factKey="load.prompts.requestsPerUserDay" /> to the{' '}
      {serviceNoun(choice.kind)}, which runs {name}.{' '}
      {benchmark !== undefined && (
        <From origin={`source:${benchmark.inputTokens.source}`}>
          A message has {formatValue(benchmark.inputTokens.value, 'tokens', locale)} and its answer{' '}
          {formatValue(benchmark.outputTokens.value, 'tokens', locale)}, the means of{' '}
          {benchmark.name}.
        </From>
      )}
    </>
  );
}
