import type { Bridge, Channel, EventName, EventPayload, Input, Output } from '@shared/ipc/contract';
import { events } from '@shared/ipc/contract';
import { failure, success, type Result } from '@shared/result';

declare global {
  interface Window {
    readonly clusterwright?: Bridge;
  }
}

/** Asks the main process; an outcome that is not `ok` carries one sentence for the user. */
export type Invoke = <Name extends Channel>(
  name: Name,
  input: Input<Name>,
) => Promise<Result<Output<Name>>>;

function isResult(value: unknown): value is Result<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

const noAnswer =
  'The application’s background part did not answer. Nothing was changed; restart Clusterwright.';

/** The typed client over a bridge. Output types are guaranteed by the handlers, which derive from the same table. */
export function createInvoke(bridge: Bridge): Invoke {
  return async function invoke<Name extends Channel>(name: Name, input: Input<Name>) {
    try {
      const answer: unknown = await bridge.invoke(name, input);
      if (!isResult(answer)) return failure('internal', noAnswer);
      return answer.ok ? success(answer.value as Output<Name>) : answer;
    } catch {
      return failure('internal', noAnswer);
    }
  };
}

function requireBridge(): Bridge {
  if (!window.clusterwright) {
    throw new Error('This page only works inside the Clusterwright application.');
  }
  return window.clusterwright;
}

export const invoke: Invoke = (name, input) => createInvoke(requireBridge())(name, input);

/** Listens to the main process; a payload of another shape is dropped. Returns the function that stops listening. */
export function listen<Name extends EventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
): () => void {
  return requireBridge().on(name, (payload) => {
    const parsed = events[name].safeParse(payload);
    if (parsed.success) listener(parsed.data as EventPayload<Name>);
  });
}

export function confirmClose(): void {
  requireBridge().closeConfirmed();
}
