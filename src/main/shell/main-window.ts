import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { EventName, EventPayload } from '@shared/ipc/contract';
import { Outbox } from '../services/outbox';
import type { WindowState } from '../services/settings';
import { smallestWindow, windowBounds } from '../services/window-bounds';
import { safeWebPreferences } from './guard';
import { pageAddress } from './pages';

/** How long a window that is asked to save and close may take before it is closed all the same. */
const closeDeadlineMs = 3_000;
/** A window that crashes again this soon is not reloaded once more. */
const crashLoopMs = 10_000;

export interface MainWindowOptions {
  readonly state: WindowState | null;
  readonly log: (what: string, error?: unknown) => void;
  readonly onState: (state: WindowState) => void;
}

/** The window with the library and the plans. */
export class MainWindow {
  readonly window: BrowserWindow;
  readonly id: number;
  readonly #options: MainWindowOptions;
  readonly #outbox: Outbox;
  #isCloseConfirmed = false;
  #closeDeadline: NodeJS.Timeout | null = null;
  #lastCrash = -Infinity;

  constructor(options: MainWindowOptions) {
    this.#options = options;
    const displays = screen.getAllDisplays().map((display) => display.workArea);
    this.window = new BrowserWindow({
      ...windowBounds(options.state, displays),
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      title: app.getName(),
      show: false,
      // Until the page has drawn itself the window has the page's own background: no white flash.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#161c22' : '#ffffff',
      webPreferences: safeWebPreferences(),
    });
    const contents = this.window.webContents;
    this.id = contents.id;
    this.#outbox = new Outbox((event, payload) => {
      if (!contents.isDestroyed()) contents.send(`clusterwright:event:${event}`, payload);
    });
    this.window.once('ready-to-show', () => {
      if (options.state?.isMaximised) this.window.maximize();
      this.window.show();
    });
    // A new page listens to nothing yet. (A navigation that starts may still be refused.)
    contents.on('did-navigate', () => this.#outbox.reset());
    contents.on('did-fail-load', (_event, code, description) => {
      options.log(`The page did not load: ${description} (${code})`);
      this.window.show();
    });
    contents.on('render-process-gone', (_event, details) => this.#onCrash(details.reason));
    this.window.on('close', (event) => this.#onClose(event));
    void this.window.loadURL(pageAddress('index')).catch((error: unknown) => {
      options.log('The page did not load', error);
    });
  }

  post<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
    this.#outbox.post(event, payload);
  }

  listening(event: string): void {
    this.#outbox.opened(event);
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  closeConfirmed(): void {
    if (this.#closeDeadline !== null) clearTimeout(this.#closeDeadline);
    this.#closeDeadline = null;
    this.#isCloseConfirmed = true;
    this.window.close();
  }

  #onClose(event: Electron.Event): void {
    this.#options.onState({
      ...this.window.getNormalBounds(),
      isMaximised: this.window.isMaximized(),
    });
    if (this.#isCloseConfirmed || !this.#outbox.isHeard('closing')) return;
    event.preventDefault();
    if (this.#closeDeadline !== null) return;
    this.#outbox.post('closing', null);
    this.#closeDeadline = setTimeout(() => {
      this.#options.log('The window did not confirm that it may close');
      this.closeConfirmed();
    }, closeDeadlineMs);
  }

  #onCrash(reason: string): void {
    if (reason === 'clean-exit') return;
    this.#options.log(`The window stopped working: ${reason}`);
    this.#outbox.reset();
    const isLoop = performance.now() - this.#lastCrash < crashLoopMs;
    this.#lastCrash = performance.now();
    if (isLoop) {
      dialog.showErrorBox(
        'Clusterwright has to close',
        'The window stopped working twice in a row. Everything saved is kept; start Clusterwright again.',
      );
      this.window.destroy();
      return;
    }
    this.post('notice', {
      level: 'problem',
      message: `The window stopped working (${reason}) and was loaded again. Every saved change is kept; check the last one.`,
    });
    this.window.webContents.reload();
  }
}
