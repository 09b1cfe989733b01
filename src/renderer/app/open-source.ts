import { invoke } from '../host/host';
import { noticeFailure } from '../host/notices';

/** Opens a source's address in the user's browser; main decides whether the address is allowed. */
export function openSource(url: string): void {
  void invoke('shell.openExternal', { url }).then((opened) => {
    if (!opened.ok) noticeFailure(opened.error);
  });
}
