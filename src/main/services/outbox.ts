import type { EventName, EventPayload } from '@shared/ipc/contract';

type Transmit = (event: EventName, payload: unknown) => void;

/** Keeps what is told to a window until its page listens, so that nothing said during loading is lost. */
export class Outbox {
  readonly #transmit: Transmit;
  readonly #listening = new Set<string>();
  #waiting: { readonly event: EventName; readonly payload: unknown }[] = [];

  constructor(transmit: Transmit) {
    this.#transmit = transmit;
  }

  post<Name extends EventName>(event: Name, payload: EventPayload<Name>): void {
    if (this.#listening.has(event)) this.#transmit(event, payload);
    else this.#waiting.push({ event, payload });
  }

  isHeard(event: EventName): boolean {
    return this.#listening.has(event);
  }

  /** The page has begun to listen to an event. */
  opened(event: string): void {
    this.#listening.add(event);
    const due = this.#waiting.filter((message) => message.event === event);
    this.#waiting = this.#waiting.filter((message) => message.event !== event);
    for (const message of due) this.#transmit(message.event, message.payload);
  }

  /** The page is being loaded anew: nobody listens for the moment. */
  reset(): void {
    this.#listening.clear();
  }
}
