import { meterFactKeys, observedAtMs } from '@engine/outlook/meter-inputs';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatDate } from '@shared/format/date';
import { Chapter } from '../Chapter';
import { ChapterFoot } from '../ChapterFoot';
import { meterChapter } from '../explore-chapters';
import { From } from '../From';
import { Term } from '../glossary/Term';
import { CrossChecks } from './CrossChecks';
import { MeterControls } from './MeterControls';
import { MeterInputsForm } from './MeterInputsForm';
import { MeterReadings } from './MeterReadings';
import { examplePlan, PlanBesideWorld } from './PlanBesideWorld';

const factKeys = [
  ...Object.values(meterFactKeys),
  'outlook.stockDay',
  'outlook.facilityPower',
  'outlook.serverOverhead',
  'outlook.acceleratorPower',
  'outlook.chipGrowth',
  'outlook.inferenceFraction',
  'outlook.tokensPerDay',
];

/** The meter: how many hours the AI accelerators of the world work, as an estimate that can be taken apart. */
export function MeterSection() {
  return (
    <Chapter
      chapter={meterChapter}
      lead={
        <>
          <p>
            Nobody counts these hours. What can be had is an estimate of how many AI accelerators
            were delivered, how fast their number grows, and what share of the day they work. The
            meter multiplies the three.
          </p>
          <p>
            The last count is of <CountDay />; all since then is carried forward by growth, and that
            is why the band is so wide. An <Term id="h100-equivalent">H100-equivalent</Term> is one
            unit of arithmetic, not one device: newer devices do the work of several older ones.
          </p>
        </>
      }
    >
      <MeterReadings />
      <MeterControls />
      <MeterInputsForm />
      <CrossChecks />
      <PlanBesideWorld />
      <ChapterFoot
        plan={examplePlan}
        planLabel="Open the example as a plan"
        figures={[]}
        factKeys={factKeys}
      >
        Hours of very different devices are added up here. The unit is named beside every number.
      </ChapterFoot>
    </Chapter>
  );
}

function CountDay() {
  const day = new Date(observedAtMs(bundledCatalogue.assumptions)).toISOString();
  return <From origin="fact:outlook.stockDay">{formatDate(day, 'UTC')}</From>;
}
