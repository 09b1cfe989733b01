import { memo } from 'react';
import { Button, Tabs } from '@mantine/core';
import type { LaunchSettings } from '@engine/launch/types';
import { withReadableDates } from '@shared/format/date';

import { useReport } from '../report-context';
import classes from './launch.module.css';
import { isSameData } from '../same-data';

interface LaunchTabsProps {
  readonly settings: readonly LaunchSettings[];
  /** what the tools are, such as 'Training tool' */
  readonly toolsName: string;
}

/** What starts a workload in each tool, as text to copy. */
export const LaunchTabs = memo(function LaunchTabs({ settings, toolsName }: LaunchTabsProps) {
  const { mode } = useReport();
  const [first] = settings;
  if (first === undefined) return null;
  if (mode === 'print') {
    return (
      <div className={classes.launch}>
        <h4 className={classes.title}>Launch settings</h4>
        <div className={classes.beside}>
          {settings.map((one) => (
            <div key={one.tool} className={classes.printed}>
              <strong>{one.tool}</strong>
              <LaunchText settings={one} />
            </div>
          ))}
        </div>
      </div>
    );
  }
  return (
    <section className={classes.launch} aria-label="Launch settings">
      <h4 className={classes.title}>Launch settings</h4>
      <Tabs defaultValue={first.tool} keepMounted={false}>
        <Tabs.List aria-label={toolsName}>
          {settings.map(({ tool }) => (
            <Tabs.Tab key={tool} value={tool}>
              {tool}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {settings.map((one) => (
          <Tabs.Panel key={one.tool} value={one.tool} pt="xs">
            <LaunchText settings={one} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}, isSameData);

function LaunchText({ settings }: { readonly settings: LaunchSettings }) {
  const { mode, tables } = useReport();
  return (
    <>
      <p
        className={classes.quiet}
      >{`${settings.form}. Names from ${withReadableDates(settings.source)}.`}</p>
      <pre className={classes.text}>{settings.text}</pre>
      {mode === 'screen' && tables !== null && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => tables.copy(settings.text, 'The settings were')}
        >
          Copy settings
        </Button>
      )}
      {settings.cannot.length > 0 && (
        <ul className={classes.cannot}>
          {settings.cannot.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}
