import classes from './figure.module.css';

/** "—" that says why there is no number. */
export function MissingValue({ reason }: { readonly reason: string }) {
  return (
    <span className={classes.missing} title={reason}>
      <span aria-hidden>—</span>
      <span className={classes.onlyRead}>not available: {reason}</span>
    </span>
  );
}
