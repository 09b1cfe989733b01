import { z } from 'zod';
import type { Result } from '../result';
import { importedModelSchema } from '../plan/imported-model-schema';
import { planSchema } from '../plan/schema';

/**
 * Everything the renderer may ask of the main process: one table, name → input and output.
 * Handlers (main) and Invoke (renderer) derive from it, so a missing handler or a wrong payload does not compile.
 */
const planId = z.uuid();
const nothing = z.null();

const planSummary = z.object({
  id: planId,
  name: z.string(),
  updatedAt: z.string(),
  createdAt: z.string(),
  revision: z.int(),
  isArchived: z.boolean(),
  /** figures of the newest revision as text-free facts, shown on the library's cards */
  accelerators: z.number(),
  acceleratorNames: z.array(z.string()),
  sites: z.int(),
  trainingJobs: z.int(),
  inferenceServices: z.int(),
});

const openPlan = z.object({
  id: planId,
  revision: z.int(),
  plan: planSchema,
  isArchived: z.boolean(),
});

const revisionSummary = z.object({
  revision: z.int(),
  label: z.string(),
  savedAt: z.string(),
});

const paper = z.enum(['A4', 'Letter']);

export const contract = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      electron: z.string(),
      chromium: z.string(),
      node: z.string(),
      sqlite: z.string(),
      platform: z.string(),
      /** 'official' or a sentence saying what runs instead */
      runtime: z.string(),
      databasePath: z.string(),
      backupFolder: z.string(),
      /** one sentence when the start had to repair something; null otherwise */
      startupNotice: z.string().nullable(),
    }),
  },
  'library.list': {
    input: z.object({ search: z.string(), includeArchived: z.boolean() }),
    output: z.array(planSummary),
  },
  /** Models that any plan of the library brings along; of two with one id, that of the plan that was changed last. */
  'library.importedModels': { input: nothing, output: z.array(importedModelSchema) },
  'plan.create': { input: z.object({ plan: planSchema }), output: openPlan },
  'plan.open': { input: z.object({ id: planId }), output: openPlan },
  /** Appends a revision. `baseRevision` must be the newest one, else 'conflict'. */
  'plan.save': {
    input: z.object({
      id: planId,
      baseRevision: z.int(),
      plan: planSchema,
      label: z.string().min(1).max(200),
    }),
    output: z.object({ revision: z.int() }),
  },
  'plan.rename': {
    input: z.object({ id: planId, name: z.string().min(1).max(200) }),
    output: planSummary,
  },
  'plan.duplicate': { input: z.object({ id: planId }), output: planSummary },
  'plan.archive': { input: z.object({ id: planId, isArchived: z.boolean() }), output: planSummary },
  /** Hides the plan at once; 'plan.undelete' brings it back until the app quits or 30 days pass, whichever is later. */
  'plan.delete': { input: z.object({ id: planId }), output: nothing },
  'plan.undelete': { input: z.object({ id: planId }), output: planSummary },
  'plan.revisions': { input: z.object({ id: planId }), output: z.array(revisionSummary) },
  'plan.revision': { input: z.object({ id: planId, revision: z.int() }), output: planSchema },
  /** Native save dialog; null when cancelled, else the path written. */
  'file.save': {
    input: z.object({ id: planId }),
    output: z.object({ path: z.string() }).nullable(),
  },
  /** Native open dialog for .clusterplan and .pdf; null when cancelled. */
  'file.open': { input: nothing, output: openPlan.nullable() },
  /** A file dropped on the window: its name and its bytes as base64 (a plan or a PDF with a plan inside). */
  'file.import': {
    input: z.object({ name: z.string().max(1_000), base64: z.string().max(200_000_000) }),
    output: openPlan,
  },
  'report.exportPdf': {
    input: z.object({ id: planId, paper }),
    output: z.object({ path: z.string() }).nullable(),
  },
  'report.showInFolder': { input: z.object({ path: z.string() }), output: nothing },
  /** Puts the text of a table or a command on the clipboard, which a window itself may not write. */
  'table.copy': { input: z.object({ text: z.string().max(50_000_000) }), output: nothing },
  /** Writes a table where the native save dialog says; null when cancelled. */
  'table.export': {
    input: z.object({
      title: z.string().min(1).max(1_000),
      format: z.enum(['csv', 'xlsx']),
      base64: z.base64().max(200_000_000),
    }),
    output: z.object({ path: z.string() }).nullable(),
  },
  /** What the hidden print window shows: asked for by the print page itself. */
  'print.job': {
    input: nothing,
    output: z.object({ plan: planSchema, paper, printedAt: z.string() }),
  },
  /** The print page says it is drawn: fonts loaded, charts laid out. `problem` is null or one sentence. */
  'print.ready': { input: z.object({ problem: z.string().nullable() }), output: nothing },
  'settings.get': {
    input: nothing,
    output: z.object({
      colorScheme: z.enum(['light', 'dark', 'auto']),
      paper,
      openPlanId: planId.nullable(),
    }),
  },
  'settings.set': {
    input: z.object({
      colorScheme: z.enum(['light', 'dark', 'auto']).optional(),
      paper: paper.optional(),
      openPlanId: planId.nullable().optional(),
    }),
    output: nothing,
  },
  /** Opens one of the allowed web addresses (sources) in the user's browser. */
  'shell.openExternal': { input: z.object({ url: z.url() }), output: nothing },
  /** The edit history of the focused document, so that the native menu can name and enable Undo and Redo. */
  'menu.state': {
    input: z.object({
      undo: z.string().nullable(),
      redo: z.string().nullable(),
      hasPlan: z.boolean(),
    }),
    output: nothing,
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type Contract = typeof contract;
export type Channel = keyof Contract;
export type Input<Name extends Channel> = z.infer<Contract[Name]['input']>;
export type Output<Name extends Channel> = z.infer<Contract[Name]['output']>;

/** One handler per channel; main must provide every one of them. */
export type Handlers = {
  readonly [Name in Channel]: (
    input: Input<Name>,
    sender: { readonly windowId: number },
  ) => Promise<Result<Output<Name>>> | Result<Output<Name>>;
};

/** What main tells a renderer without being asked. */
export const events = {
  /** a native menu entry was chosen: the id of a renderer command, such as 'edit.undo' */
  command: z.object({ id: z.string() }),
  /** a file opened by double click, argument or second instance is now a plan in the library */
  planOpened: z.object({ id: planId }),
  /** something the user must read: one sentence */
  notice: z.object({ level: z.enum(['problem', 'note']), message: z.string() }),
  /** the window is about to close: save what is pending, then call `bridge.closeConfirmed()` */
  closing: z.null(),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]>;

/** What the preload script puts on `window.clusterwright`: no Electron object crosses, only these functions. */
export interface Bridge {
  invoke(channel: string, input: unknown): Promise<Result<unknown>>;
  on(event: string, listener: (payload: unknown) => void): () => void;
  closeConfirmed(): void;
}

export type PlanSummary = z.infer<typeof planSummary>;
export type OpenPlan = z.infer<typeof openPlan>;
export type RevisionSummary = z.infer<typeof revisionSummary>;
export type Paper = z.infer<typeof paper>;
export type AppInfo = Output<'app.info'>;
