import { Chapter } from '../Chapter';
import { meterChapter } from '../explore-chapters';
import { CrossChecks } from './CrossChecks';
import { MeterControls } from './MeterControls';
import { MeterInputsForm } from './MeterInputsForm';
import { MeterReadings } from './MeterReadings';
import { PlanBesideWorld } from './PlanBesideWorld';

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
            The last count is of the end of 2025; all since then is carried forward by growth, and
            that is why the band is so wide. An H100-equivalent is one unit of arithmetic, not one
            device: newer devices do the work of several older ones.
          </p>
        </>
      }
    >
      <MeterReadings />
      <MeterControls />
      <MeterInputsForm />
      <CrossChecks />
      <PlanBesideWorld />
    </Chapter>
  );
}
