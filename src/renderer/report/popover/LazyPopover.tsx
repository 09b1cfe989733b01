import { Popover, type PopoverProps } from '@mantine/core';
import { useRef, useState, type ButtonHTMLAttributes, type ReactNode } from 'react';
import { ReportProvider } from '../report-context';

interface LazyPopoverProps extends Pick<PopoverProps, 'position' | 'width' | 'withArrow'> {
  /** what the button looks like; its label belongs in `aria-label` */
  readonly button: ButtonHTMLAttributes<HTMLButtonElement> & Record<`data-${string}`, unknown>;
  readonly label: string;
  readonly padding?: 'sm' | 'lg';
  readonly children: () => ReactNode;
}

/**
 * A button that opens a popover. A screen shows dozens of them and each edit draws them all again: until the first press
 * there is only the button, because a closed popover costs as much to draw as an open one.
 */
export function LazyPopover({ button, label, padding, children, ...popover }: LazyPopoverProps) {
  const [state, setState] = useState<'unused' | 'open' | 'closed'>('unused');
  const target = useRef<HTMLButtonElement>(null);
  if (state === 'unused') {
    return (
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={false}
        {...button}
        onClick={() => setState('open')}
      />
    );
  }
  return (
    <Popover
      opened={state === 'open'}
      onChange={(isOpen) => setState(isOpen ? 'open' : 'closed')}
      onClose={() => target.current?.focus()}
      trapFocus
      withinPortal
      {...popover}
    >
      <Popover.Target>
        <button
          type="button"
          {...button}
          ref={target}
          onClick={() => setState((before) => (before === 'open' ? 'closed' : 'open'))}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={label} {...(padding === undefined ? {} : { p: padding })}>
        {state === 'open' && <ReportProvider isInPopover>{children()}</ReportProvider>}
      </Popover.Dropdown>
    </Popover>
  );
}
