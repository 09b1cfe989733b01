import { z } from 'zod';
import { contract, type Handlers, type Output, type Paper } from '@shared/ipc/contract';
import { type Result, success } from '@shared/result';
import type { SettingStore } from '../storage/setting-store';

export type Settings = Output<'settings.get'>;

const { colorScheme, paper, openPlanId } = contract['settings.get'].output.shape;

const countriesOnLetterPaper = new Set(['US', 'CA', 'MX']);

/** The paper that is usual in a country, by its two-letter code. */
export function usualPaper(country: string): Paper {
  return countriesOnLetterPaper.has(country.toUpperCase()) ? 'Letter' : 'A4';
}

/** Without a library the settings of this session still work; they are just not kept. */
export class SettingsService {
  readonly #store: SettingStore | null;
  readonly #onChange: (settings: Settings) => void;
  #current: Settings;

  constructor(
    store: SettingStore | null,
    defaults: { readonly paper: Paper },
    onChange: (settings: Settings) => void,
  ) {
    this.#store = store;
    this.#onChange = onChange;
    this.#current = {
      colorScheme: store?.get('colorScheme', colorScheme) ?? 'auto',
      paper: store?.get('paper', paper) ?? defaults.paper,
      openPlanId: store?.get('openPlanId', openPlanId) ?? null,
    };
  }

  get current(): Settings {
    return this.#current;
  }

  readonly handlers: Pick<Handlers, 'settings.get' | 'settings.set'> = {
    'settings.get': () => success(this.#current),
    'settings.set': (changes): Result<null> => {
      for (const [key, value] of Object.entries(changes)) {
        if (value !== undefined) this.#store?.set(key, value);
      }
      this.#current = {
        colorScheme: changes.colorScheme ?? this.#current.colorScheme,
        paper: changes.paper ?? this.#current.paper,
        openPlanId:
          changes.openPlanId === undefined ? this.#current.openPlanId : changes.openPlanId,
      };
      this.#onChange(this.#current);
      return success(null);
    },
  };
}

/** Position and size of the window when it was last closed. */
export const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  isMaximised: z.boolean(),
});

export type WindowState = z.infer<typeof windowStateSchema>;
