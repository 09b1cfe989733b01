import { assumptionOf } from '@engine/catalogue/assumption';
import type { Catalogue } from '@engine/catalogue/types';
import { meterFactKeys, type MeterInputKey } from '@engine/outlook/meter-inputs';
import { formatDate } from '@shared/format/date';
import { factCell, sourceCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { FigureTable } from '../figure/FigureTable';
import { Section } from '../section/Section';
import classes from './document.module.css';
import type { WorldFigures } from './world-figures';

interface WorldChapterProps {
  readonly world: WorldFigures;
  readonly catalogue: Catalogue;
  readonly printedAt: string;
}

const inputKeys = Object.keys(meterFactKeys) as readonly MeterInputKey[];

/** The plan beside all AI of the world: a modelled estimate, with its moment and its inputs. */
export function WorldChapter({ world, catalogue, printedAt }: WorldChapterProps) {
  const moment = printedAt.slice(11, 16);
  return (
    <Section title="Beside all AI of the world" catalogue={catalogue}>
      <p className={classes.quiet}>
        A modelled estimate for {formatDate(printedAt, 'UTC')}, {moment} UTC, from the inputs below:
        nobody counts these hours.{' '}
        {world.work !== null && `Of this plan it counts ${workText(world.work)}.`}
      </p>
      {world.plan.length > 0 && <FigureTable caption="This plan" figures={world.plan} />}
      <FigureTable caption="The world" figures={world.meter} />
      <FigureTable caption="Cross-checks by power and by tokens" figures={world.checks} />
      <DataTable
        caption="Inputs of the estimate"
        columns={[
          { key: 'input', title: 'Input' },
          { key: 'value', title: 'Value', isNumber: true },
          { key: 'quality', title: 'Quality', isKept: true },
          { key: 'source', title: 'Source' },
        ]}
        rows={inputKeys.map((key) => {
          const fact = assumptionOf(catalogue.assumptions, meterFactKeys[key]);
          const { value, low, high, origin } = world.settings.inputs[key];
          if (origin === 'default') {
            return [fact.label, factCell(fact), fact.quality, sourceCell(catalogue, fact.source)];
          }
          return [fact.label, { value, low, high, unit: fact.unit }, 'entered by hand', ''];
        })}
      />
    </Section>
  );
}

function workText(work: NonNullable<WorldFigures['work']>): string {
  return work === 'training' ? 'its training runs' : 'a day of its clusters';
}
