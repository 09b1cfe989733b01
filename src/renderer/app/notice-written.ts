import { invoke } from '../host/host';
import { noticeFailure, noticeNote } from '../host/notices';

/** Says where a file was written, with a button that shows it there. */
export function noticeWritten(what: string, path: string): void {
  noticeNote(`${what}: ${path}`, {
    label: 'Show in folder',
    perform: () => {
      void invoke('report.showInFolder', { path }).then((shown) => {
        if (!shown.ok) noticeFailure(shown.error);
      });
    },
  });
}
