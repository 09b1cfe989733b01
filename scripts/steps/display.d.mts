/** A display of its own for programs that must run without a screen; see display.mjs for how to use it. */
export function startDisplay(options?: {
  readonly owner?: { readonly userId: number; readonly groupId: number };
  readonly size?: string;
}): Promise<{ environment: { DISPLAY: string; XAUTHORITY: string }; stop: () => Promise<void> }>;
