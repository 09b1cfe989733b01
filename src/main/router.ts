import { type Channel, contract, type Handlers } from '@shared/ipc/contract';
import { issueText } from '@shared/plan/issue-text';
import { type Failure, failure, type Result } from '@shared/result';

/** Who asks: the id of the window's web contents. */
export interface Sender {
  readonly windowId: number;
}

export type Route = (channel: string, input: unknown, sender: Sender) => Promise<Result<unknown>>;

type Handle = (data: unknown, from: Sender) => Promise<Result<unknown>> | Result<unknown>;

export interface RouterOptions {
  /** turns a known kind of exception, such as a full disk, into the user's sentence */
  readonly explain: (error: unknown) => Failure | null;
  readonly log: (what: string, error: unknown) => void;
}

/** The one way from a message of a window to a handler: known channel, valid input, exceptions as data. */
export function createRouter(handlers: Partial<Handlers>, options: RouterOptions): Route {
  async function answer(
    channel: Channel,
    input: unknown,
    sender: Sender,
  ): Promise<Result<unknown>> {
    const checked = contract[channel].input.safeParse(input);
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const what = issue === undefined ? 'invalid input' : issueText(issue, input);
      return failure(
        'invalid input',
        `“${channel}” was asked for with something it does not take (${what}). Nothing was changed; correct the value and try again.`,
      );
    }
    // The parser of this very channel has just produced the data.
    const handle = handlers[channel] as Handle | undefined;
    return handle === undefined ? unknown : handle(checked.data, sender);
  }

  return async (channel, input, sender) => {
    if (!isChannel(channel)) {
      options.log(`Unknown channel ${channel.slice(0, 100)}`, null);
      return unknown;
    }
    try {
      return await answer(channel, input, sender);
    } catch (error) {
      options.log(channel, error);
      const known = options.explain(error);
      if (known !== null) return { ok: false, error: known };
      return failure(
        'internal',
        `Something unexpected went wrong (${channel}). Everything saved before is kept; try again, and restart Clusterwright if it happens twice. The log has the details.`,
      );
    }
  };
}

const unknown = failure(
  'invalid input',
  'The window asked for something that this run does not offer. Nothing was changed.',
);

function isChannel(name: string): name is Channel {
  return Object.hasOwn(contract, name);
}
