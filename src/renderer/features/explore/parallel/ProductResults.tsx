import { acceleratorScaling, coreScaling, productFigures } from '@engine/parallel/product-figures';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { memo } from 'react';
import { Plot } from '../../../report/chart/Plot';
import { marksAt, type PlotAxis, type PlotSeries } from '../../../report/chart/plot';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import explore from '../explore.module.css';
import { DrawnFrom } from '../From';
import { coreCounts, cpuId, gpuCounts, gpuId, type ParallelChoice } from './parallel-choice';
import { productTitle, splitText } from './parallel-text';
import { SplitPicture } from './SplitPicture';

interface ProductResultsProps {
  readonly choice: ParallelChoice;
}

/** The product on GPUs and on cores: the picture of its stripes, the times, and where communication ends the gain. */
export const ProductResults = memo(function ProductResults({ choice }: ProductResultsProps) {
  const { locale } = useReport();
  const { edge, gpus } = choice;
  const counts = [...new Set([...gpuCounts, gpus])].sort((one, other) => one - other);
  const onGpus = acceleratorScaling(bundledCatalogue, gpuId, edge, counts);
  const onCores = coreScaling(bundledCatalogue, cpuId, edge, coreCounts);
  const figures = productFigures(bundledCatalogue, gpuId, edge, gpus, counts);
  const chosen = onGpus.find(({ workers }) => workers === gpus);
  const [one] = onGpus;
  const best = onGpus.toSorted((one, other) => other.speedUp - one.speedUp)[0];
  const number = (value: number) => formatValue(value, '1', locale);
  const up: PlotAxis = {
    label: 'Times as fast as one',
    isLog: true,
    text: number,
    read: (value) => `${number(value)} ×`,
  };
  const line = (name: string, colour: number, points: typeof onGpus): PlotSeries => ({
    name,
    colour,
    points: points.map(({ workers, speedUp }) => ({ x: workers, y: speedUp })),
  });
  const ideal: PlotSeries = {
    name: 'Ideal',
    colour: 4,
    isDashed: true,
    points: counts.map((workers) => ({ x: workers, y: workers })),
  };
  const series = [line('GPUs', 1, onGpus), line('CPU cores', 2, onCores), ideal];
  if (one === undefined || chosen === undefined) return null;
  return (
    <>
      <DrawnFrom origin="figure:parallel.product.seconds">
        <SplitPicture one={one} chosen={chosen} message={splitText(chosen)} />
      </DrawnFrom>
      <FigureGrid figures={figures} />
      <DrawnFrom origin="figure:parallel.product.speedUp">
        <div className={explore.chart}>
          <Plot
            title={productTitle(chosen, best, locale)}
            description="One product of two square matrices in 16-bit numbers on H100, and on the cores of a Xeon 6980P; each beside one of its own kind. Both axes grow by factors."
            x={{ label: 'Workers', isLog: true, text: (value) => formatValue(value, '', locale) }}
            y={up}
            series={series}
            marks={marksAt(series.slice(0, 1), gpus, up)}
            hasEndLabels
          />
        </div>
      </DrawnFrom>
    </>
  );
});
