import { base64Of } from '../host/base64';
import { invoke } from '../host/host';
import { noticeFailure, noticeNote } from '../host/notices';
import type { TablePort } from '../report/report-context';
import { noticeWritten } from './notice-written';

/** Tables leave the window through the main process: it owns the clipboard and the save dialog. */
export const tablePort: TablePort = {
  copy: (text, what) => {
    void invoke('table.copy', { text }).then((copied) => {
      if (copied.ok) noticeNote(`${what} copied.`);
      else noticeFailure(copied.error);
    });
  },
  exportFile: ({ title, format, bytes }) => {
    void invoke('table.export', { title, format, base64: base64Of(bytes) }).then((written) => {
      if (!written.ok) noticeFailure(written.error);
      else if (written.value) noticeWritten('The table was written', written.value.path);
    });
  },
};
