import type { Figure } from '@engine/report';
import { IconMathFunction } from '@tabler/icons-react';
import { LazyPopover } from '../popover/LazyPopover';
import { useReport } from '../report-context';
import classes from './figure.module.css';
import { FigureExplanation } from './FigureExplanation';

const icon = <IconMathFunction size="0.875rem" stroke={1.75} aria-hidden />;

/** Opens "How this number comes about" beside a figure. Print has no buttons: there the method chapter says it. */
export function FigureExplanationButton({ figure }: { readonly figure: Figure }) {
  const { mode } = useReport();
  if (mode === 'print') return null;
  const name = `How ${figure.label} is computed`;
  return (
    <LazyPopover
      label={name}
      position="bottom-end"
      width={560}
      padding="lg"
      button={{
        className: classes.explain,
        'aria-label': name,
        title: 'How is this computed?',
        children: icon,
      }}
    >
      {() => <FigureExplanation figure={figure} />}
    </LazyPopover>
  );
}
