import type { ScalingPoint } from '@engine/parallel/product-figures';
import { formatValue } from '@shared/format/value';
import type { CSSProperties } from 'react';
import { useReport } from '../../../report/report-context';
import classes from './parallel.module.css';

interface SplitPictureProps {
  readonly one: ScalingPoint;
  readonly chosen: ScalingPoint;
  readonly message: string;
}

/** More stripes than this would be thinner than a line. */
const mostStripes = 64;

/** The result in as many stripes as there are GPUs, and how long multiplying and telling take, to one scale. */
export function SplitPicture({ one, chosen, message }: SplitPictureProps) {
  const { locale } = useReport();
  const stripes = Math.min(mostStripes, chosen.workers);
  const gpus = formatValue(chosen.workers, '', locale);
  const seconds = (value: number) => formatValue(value, 's', locale);
  const perStripe = formatValue(chosen.workers / stripes, '1', locale);
  return (
    <figure className={classes.picture}>
      <div
        className={classes.matrix}
        style={{ '--stripes': stripes } as CSSProperties}
        role="img"
        aria-label={`The result in ${gpus} stripes, one for each GPU`}
      />
      <div>
        <figcaption className={classes.message}>{message}</figcaption>
        <Bar name="1 GPU" compute={one.compute} communicate={0} whole={one.total} text={seconds} />
        <Bar
          name={`${gpus} GPUs`}
          compute={chosen.compute}
          communicate={chosen.communicate}
          whole={one.total}
          text={seconds}
        />
        {chosen.workers > 1 && (
          <Bar
            name="The same, enlarged"
            compute={chosen.compute}
            communicate={chosen.communicate}
            whole={chosen.total}
            text={seconds}
          />
        )}
        <p className={classes.key}>
          <span className={classes.keyCompute}>Multiplying</span>
          <span className={classes.keyCommunicate}>Telling the others</span>
          {stripes < chosen.workers && <span>Each stripe drawn stands for {perStripe}.</span>}
        </p>
      </div>
    </figure>
  );
}

interface BarProps {
  readonly name: string;
  readonly compute: number;
  readonly communicate: number;
  readonly whole: number;
  readonly text: (seconds: number) => string;
}

function Bar({ name, compute, communicate, whole, text }: BarProps) {
  const told = communicate > 0 ? ` + ${text(communicate)}` : '';
  return (
    <div className={classes.bar}>
      <span>{name}</span>
      <span className={classes.track} aria-hidden>
        <span className={classes.compute} style={{ '--share': compute / whole } as CSSProperties} />
        <span
          className={classes.communicate}
          style={{ '--share': communicate / whole } as CSSProperties}
        />
      </span>
      <span className={classes.time}>
        {text(compute)}
        {told}
      </span>
    </div>
  );
}
