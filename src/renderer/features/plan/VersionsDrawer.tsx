import { Button, Drawer, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RevisionSummary } from '@shared/ipc/contract';
import { setView } from '../../app/view-store';
import { planDocument, usePlanId, useSaveState } from '../../document/document';
import { Moment } from '../../document/Moment';
import { exactTime } from '../../document/relative-time';
import { invoke } from '../../host/host';
import { noticeFailure } from '../../host/notices';
import classes from './versions.module.css';

async function revertTo(id: string, { revision, label, savedAt }: RevisionSummary) {
  const stored = await invoke('plan.revision', { id, revision });
  if (!stored.ok) {
    noticeFailure(stored.error);
    return;
  }
  planDocument.replace(stored.value, `Revert to “${label}” of ${exactTime(savedAt)}`);
  setView({ selectedId: null, section: 'overview' });
}

/** Every revision of the open plan, newest first. Going back to one appends it as a new revision; nothing is lost. */
export function VersionsDrawer() {
  const id = usePlanId();
  const save = useSaveState();
  const [revisions, setRevisions] = useState<readonly RevisionSummary[] | null>(null);

  useEffect(() => {
    if (id === null || save.kind !== 'saved') return;
    let isCurrent = true;
    void invoke('plan.revisions', { id }).then((listed) => {
      if (!isCurrent) return;
      if (listed.ok) setRevisions(listed.value.toSorted((a, b) => b.revision - a.revision));
      else noticeFailure(listed.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [id, save]);

  return (
    <Drawer
      opened
      onClose={() => setView({ dialog: null })}
      position="right"
      size="sm"
      title="Versions"
      closeButtonProps={{ 'aria-label': 'Close versions' }}
    >
      <Text size="xs" c="dimmed" mb="sm">
        Every change is kept. Going back to a version adds it as the newest; undo takes that back.
      </Text>
      {revisions === null ? (
        <Loader size="sm" aria-label="Reading the versions" />
      ) : (
        <ol className={classes.list} aria-label="Versions, newest first">
          {revisions.map((entry, index) => (
            <li key={entry.revision} className={classes.entry}>
              <div>
                <Text size="sm">{entry.label}</Text>
                <Moment iso={entry.savedAt} />
              </div>
              {index === 0 ? (
                <Text size="xs" c="dimmed">
                  Current
                </Text>
              ) : (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Revert to version ${entry.revision}: ${entry.label}`}
                  onClick={() => {
                    if (id !== null) void revertTo(id, entry);
                  }}
                >
                  Revert
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Drawer>
  );
}
