import { Loader, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatDate } from '@shared/format/date';
import type { AppInfo } from '@shared/ipc/contract';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { invoke } from '../host/host';
import { noticeFailure } from '../host/notices';
import classes from './app.module.css';
import { setView } from './view-store';

/** Versions, where the data lies, and whose work is inside. */
export function AboutDialog() {
  const [info, setInfo] = useState<AppInfo | null>(null);

  useEffect(() => {
    void invoke('app.info', null).then((answer) => {
      if (answer.ok) setInfo(answer.value);
      else noticeFailure(answer.error);
    });
  }, []);

  return (
    <Modal
      opened
      onClose={() => setView({ dialog: null })}
      title="About Clusterwright"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm">
          Design GPU clusters and see at once what they deliver and cost. Works offline, without an
          account and without telemetry. Free software under the MIT licence.
        </Text>
        {info ? <Facts info={info} /> : <Loader size="sm" aria-label="Reading the versions" />}
        <Text size="xs" c="dimmed">
          Data: facts are restated with their source and the date they were read; every figure names
          its own. Epoch AI’s data (CC BY 4.0), Our World in Data and Ember (CC BY 4.0) are used
          with thanks. Fonts: Inter and JetBrains Mono (SIL Open Font License 1.1). Built with
          Electron, SQLite, React and Mantine.
        </Text>
      </Stack>
    </Modal>
  );
}

function Facts({ info }: { readonly info: AppInfo }) {
  const runtime = info.runtime === 'official' ? 'Official release' : info.runtime;
  const rows = [
    ['Clusterwright', info.version],
    ['Catalogue', formatDate(bundledCatalogue.date)],
    ['Electron', `${info.electron} — ${runtime}`],
    ['Chromium', info.chromium],
    ['Node.js', info.node],
    ['SQLite', info.sqlite],
    ['Platform', info.platform],
    ['Library', info.databasePath],
    ['Backups', info.backupFolder],
  ] as const;
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
