import type { MouseEvent } from 'react';
import { useReport } from '../report-context';
import classes from './source.module.css';

interface AddressLinkProps {
  readonly text: string;
  /** null where none was kept: the text stands alone */
  readonly url: string | null;
}

/** Words that open the address where they were read; words alone where nothing can be opened. */
export function AddressLink({ text, url }: AddressLinkProps) {
  const { openSource, mode } = useReport();
  if (url === null || (mode === 'screen' && openSource === null)) return <span>{text}</span>;
  const open = (event: MouseEvent) => {
    event.preventDefault();
    openSource?.(url);
  };
  return (
    <a
      className={classes.address}
      href={url}
      title={url}
      onClick={mode === 'screen' ? open : undefined}
    >
      {text}
    </a>
  );
}
