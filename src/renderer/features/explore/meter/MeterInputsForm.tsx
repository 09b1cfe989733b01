import { assumptionOf } from '@engine/catalogue/assumption';
import { Button } from '@mantine/core';
import { meterFactKeys } from '@engine/outlook/meter-inputs';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { QuantityInput } from '../../../document/fields/QuantityInput';
import { SourceChip } from '../../../report/source/SourceChip';
import explore from '../explore.module.css';
import { FactText } from '../From';
import { meterFields, whyNoMeterValue } from './meter-fields';
import { resetMeterInput, resetMeterInputs, setMeterInput, useMeter } from './meter-store';
import classes from './meter.module.css';

/** The formula and the inputs that the reader may replace, each with its source and the way back. */
export function MeterInputsForm() {
  const inputs = useMeter((state) => state.inputs);
  const unit = useMeter((state) => state.unit);
  const isChanged = Object.values(inputs).some(({ origin }) => origin !== 'default');
  return (
    <section className={explore.block} aria-labelledby="meter-inputs">
      <div className={classes.blockHead}>
        <h3 className={explore.blockTitle} id="meter-inputs">
          What it rests on
        </h3>
        {isChanged && (
          <Button variant="subtle" size="compact-xs" onClick={resetMeterInputs}>
            Reset all to the catalogue
          </Button>
        )}
      </div>
      <p className={explore.quiet}>
        {unit === 'devices'
          ? 'Devices that the power of AI sites feeds, grown since the count at the rate of the stock divided by that of the chips, times the hours of a day, times the share of hours at work.'
          : 'Accelerators at the last count, grown since then, times the hours of a day, times the share of hours at work. A range in brackets after a value makes the low and the high case.'}
      </p>
      <code className={classes.formula}>
        {unit === 'devices' ? 'H = D₀ · (g / c)^(t − l) · 24 · b' : 'H = S₀ · g^(t − l) · 24 · b'}
      </code>
      <div className={explore.inputs}>
        {meterFields.map((entry) => (
          <div key={entry.key}>
            <QuantityInput
              field={entry.field}
              quantity={inputs[entry.key]}
              whyInvalid={(read) => whyNoMeterValue(entry, read)}
              onCommit={(read) => setMeterInput(entry.key, { ...read, origin: 'yours' })}
              reset={{
                hint: 'Back to the value of the catalogue',
                perform: () => resetMeterInput(entry.key),
              }}
            />
            <div className={classes.source}>
              <InputSource
                factKey={meterFactKeys[entry.key]}
                isOwn={inputs[entry.key].origin !== 'default'}
              />
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}

function InputSource({ factKey, isOwn }: { readonly factKey: string; readonly isOwn: boolean }) {
  const fact = assumptionOf(bundledCatalogue.assumptions, factKey);
  if (isOwn)
    return (
      <span className={explore.quiet}>
        Your value. The catalogue’s is <FactText factKey={factKey} />.
      </span>
    );
  return <SourceChip sourceId={fact.source} fact={fact} />;
}
