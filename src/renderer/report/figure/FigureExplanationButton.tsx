import type { Figure } from '@engine/report';
import { ActionIcon, Popover } from '@mantine/core';
import { IconMathFunction } from '@tabler/icons-react';
import { useState } from 'react';
import { useReport } from '../report-context';
import { FigureExplanation } from './FigureExplanation';

/** Opens "How this number comes about" beside a figure. Print has no buttons: there the method chapter says it. */
export function FigureExplanationButton({ figure }: { readonly figure: Figure }) {
  const { mode } = useReport();
  const [isOpen, setIsOpen] = useState(false);
  if (mode === 'print') return null;
  const name = `How ${figure.label} is computed`;
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-end"
      width={440}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <ActionIcon
          size="xs"
          aria-label={name}
          title="How is this computed?"
          onClick={() => setIsOpen((wasOpen) => !wasOpen)}
        >
          <IconMathFunction size={14} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name} p="lg">
        <FigureExplanation figure={figure} />
      </Popover.Dropdown>
    </Popover>
  );
}
