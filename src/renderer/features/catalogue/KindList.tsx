import { UnstyledButton } from '@mantine/core';
import classes from './catalogue.module.css';
import { catalogueKinds } from './catalogue-kinds';
import { showKind, useCatalogueView } from './catalogue-store';

/** The shelves of the catalogue. */
export function KindList() {
  const shown = useCatalogueView(({ kind }) => kind);
  return (
    <nav className={classes.kinds} aria-label="Kinds of entry">
      {catalogueKinds.map(({ key, title }) => (
        <UnstyledButton
          key={key}
          className={classes.kind}
          aria-current={key === shown ? 'page' : undefined}
          onClick={() => showKind(key)}
        >
          {title}
        </UnstyledButton>
      ))}
    </nav>
  );
}
