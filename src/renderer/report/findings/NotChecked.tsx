import classes from './findings.module.css';

/** What no check looked at, so that silence is not read as approval. */
export function NotChecked({ items }: { readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div className={classes.notChecked}>
      <strong>Not checked</strong>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
