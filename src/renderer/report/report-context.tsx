import type { Catalogue } from '@engine/catalogue/types';
import type { Figure } from '@engine/report';
import { defaultLocale } from '@shared/format/number';
import type { TableFormat } from './table/table-file';
import { createContext, useContext, useMemo, type ReactNode } from 'react';

/** Where results are shown. In print nothing reacts, nothing moves and everything that matters is unfolded. */
export type ReportMode = 'screen' | 'print';

/** A table as a file, to be written where the reader wants it. */
export interface TableFile {
  readonly title: string;
  readonly format: TableFormat;
  readonly bytes: Uint8Array;
}

/** Where tables and other texts go when they leave the window. */
export interface TablePort {
  /** `what` stands in the sentence that says so, such as 'The table was' */
  readonly copy: (text: string, what: string) => void;
  readonly exportFile: (file: TableFile) => void;
}

export interface ReportSetting {
  readonly mode: ReportMode;
  readonly locale: string;
  /** where sources are looked up; null leaves sources out */
  readonly catalogue: Catalogue | null;
  /** opens a source's address outside the window; null shows the address without a link */
  readonly openSource: ((url: string) => void) | null;
  /** null where tables are neither copied nor exported */
  readonly tables: TablePort | null;
  /** the reported number of a key, which an input of a formula may name; null where there is no report to look it up in */
  readonly findFigure: ((key: string) => Figure | null) | null;
  /** inside a popover, which closes when something outside it is pressed: menus must open within */
  readonly isInPopover: boolean;
}

const ReportContext = createContext<ReportSetting>({
  mode: 'screen',
  locale: defaultLocale,
  catalogue: null,
  openSource: null,
  tables: null,
  findFigure: null,
  isInPopover: false,
});

interface ReportProviderProps extends Partial<ReportSetting> {
  readonly children: ReactNode;
}

/** Sets mode, locale and catalogue for every report component below it; what is left out is inherited. */
export function ReportProvider({ children, ...changes }: ReportProviderProps) {
  const { mode, locale, catalogue, openSource, tables, findFigure, isInPopover } = {
    ...useContext(ReportContext),
    ...changes,
  };
  // The same setting stays the same object: a new one would draw every component of a report again.
  const setting = useMemo(
    () => ({ mode, locale, catalogue, openSource, tables, findFigure, isInPopover }),
    [mode, locale, catalogue, openSource, tables, findFigure, isInPopover],
  );
  return <ReportContext value={setting}>{children}</ReportContext>;
}

export function useReport(): ReportSetting {
  return useContext(ReportContext);
}
