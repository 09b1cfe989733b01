import { assumptionOf } from '@engine/catalogue/assumption';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure, formatValue } from '@shared/format/value';
import type { ReactNode } from 'react';
import { useReport } from '../../report/report-context';

/** Where numbers within a text come from: no number of the explorable stands outside one of these or of a figure's tile. */
export type Origin =
  `figure:${string}` | `fact:${string}` | `source:${string}` | `reader:${string}`;

interface FromProps {
  readonly origin: Origin;
  readonly children: ReactNode;
}

/** A passage of numbers with what they were computed from, or the row that they were read in. */
export function From({ origin, children }: FromProps) {
  return <span data-from={origin}>{children}</span>;
}

/** A drawing with its title and table: its points are what a figure would be at other inputs. */
export function DrawnFrom({ origin, children }: FromProps) {
  return <div data-from={origin}>{children}</div>;
}

/** A figure within a sentence. */
export function FigureText({ figure }: { readonly figure: Figure }) {
  const { locale } = useReport();
  return <From origin={`figure:${figure.key}`}>{formatFigure(figure, locale).text}</From>;
}

/** A general figure of the catalogue within a sentence. */
export function FactText({ factKey }: { readonly factKey: string }) {
  const { locale } = useReport();
  const { value, unit } = assumptionOf(bundledCatalogue.assumptions, factKey);
  return <From origin={`fact:${factKey}`}>{formatValue(value, unit, locale)}</From>;
}
