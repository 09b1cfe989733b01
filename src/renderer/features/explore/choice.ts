import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a reader has set in one chapter: kept while the window lives, so that coming back finds it again. */
export interface ChoiceStore<Choice> {
  readonly store: StoreApi<Choice>;
  readonly first: Choice;
  /** the same function for the life of the window: what takes it is not drawn again for it */
  readonly change: <Key extends keyof Choice>(key: Key, value: Choice[Key]) => void;
  readonly reset: () => void;
}

export function createChoice<Choice extends object>(first: Choice): ChoiceStore<Choice> {
  const store = createStore<Choice>(() => first);
  return {
    store,
    first,
    change: (key, value) => store.setState({ ...store.getState(), [key]: value }, true),
    reset: () => store.setState(first, true),
  };
}

export function useChoice<Choice>({ store }: ChoiceStore<Choice>): Choice {
  return useStore(store);
}
