import type { ElectronApplication, Page } from '@playwright/test';
import type { Bridge, Channel, EventName, Input, Output } from '@shared/ipc/contract';
import type { Result } from '@shared/result';

/** Asks the main process as the page would: through the bridge and nothing else. */
export async function ask<Name extends Channel>(
  window: Page,
  channel: Name,
  input: Input<Name>,
): Promise<Result<Output<Name>>> {
  return (await window.evaluate(
    ([name, payload]) =>
      (globalThis as unknown as { clusterwright: Bridge }).clusterwright.invoke(name, payload),
    [channel, input] as const,
  )) as Result<Output<Name>>;
}

/** The same, for an answer that must be good. */
export async function askOk<Name extends Channel>(
  window: Page,
  channel: Name,
  input: Input<Name>,
): Promise<Output<Name>> {
  const result = await ask(window, channel, input);
  if (!result.ok) throw new Error(`${channel}: ${result.error.message}`);
  return result.value;
}

/** Collects an event's payloads from now on; the returned function gives those so far. */
export async function collect(window: Page, event: EventName): Promise<() => Promise<unknown[]>> {
  const name = `collected ${event}`;
  await window.evaluate(
    ([eventName, key]) => {
      const page = globalThis as unknown as Record<string, unknown[]> & { clusterwright: Bridge };
      page[key] = [];
      page.clusterwright.on(eventName, (payload) => page[key]?.push(payload));
    },
    [event, name] as const,
  );
  return () =>
    window.evaluate((key) => (globalThis as unknown as Record<string, unknown[]>)[key] ?? [], name);
}

/** Answers the next native dialogs in the user's place. */
export async function answerDialogs(
  app: ElectronApplication,
  answer: { readonly save?: string; readonly open?: string },
): Promise<void> {
  await app.evaluate(({ dialog }, { save, open }) => {
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: save === undefined, filePath: save ?? '' });
    dialog.showOpenDialog = () =>
      Promise.resolve({
        canceled: open === undefined,
        filePaths: open === undefined ? [] : [open],
      });
  }, answer);
}
