import { AFRelationship, PDFDocument } from '@cantoo/pdf-lib';
import type { Plan } from '@engine/plan';
import { canonicalPlan } from '@shared/plan/canonical';
import { planFileExtension } from '@shared/plan/schema';
import { failure, type Result, success } from '@shared/result';
import { fileNameFor } from './plan-files';

const application = 'Clusterwright';
const mimeType = 'application/vnd.clusterwright.plan+json';

/** Puts the plan into its printed report, so that the PDF opens as a plan again, and fills in title, subject and language. */
export async function embedPlan(pdf: Uint8Array, plan: Plan, printedAt: Date): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  document.setTitle(plan.name, { showInWindowTitleBar: true });
  document.setAuthor(application);
  document.setCreator(application);
  document.setSubject('GPU cluster plan: training time, inference capacity and cost');
  document.setLanguage('en');
  document.setCreationDate(printedAt);
  document.setModificationDate(printedAt);
  await document.attach(
    new TextEncoder().encode(canonicalPlan(plan)),
    fileNameFor(plan.name, planFileExtension),
    {
      mimeType,
      description: 'The plan this report was made from; open it with Clusterwright.',
      creationDate: printedAt,
      modificationDate: printedAt,
      afRelationship: AFRelationship.Source,
    },
  );
  return document.save();
}

/** The text of the plan that a PDF carries. */
export async function extractPlanText(pdf: Uint8Array, fileName: string): Promise<Result<string>> {
  const attachments = await attachmentsOf(pdf).catch(() => null);
  if (attachments === null) {
    return failure(
      'unreadable file',
      `“${fileName}” could not be opened: the PDF is damaged or protected. The file was not changed. Open another copy of it.`,
    );
  }
  const attachment = attachments.find(({ name }) => name.endsWith(`.${planFileExtension}`));
  if (attachment === undefined) {
    return failure(
      'not a plan',
      `“${fileName}” is a PDF without a plan inside. The file was not changed. Choose a PDF exported by Clusterwright, or a .clusterplan file.`,
    );
  }
  return success(new TextDecoder().decode(attachment.data));
}

/** Throws on a damaged file: loading one may pass, and the first look at its parts then fails. */
async function attachmentsOf(pdf: Uint8Array) {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  return document.getAttachments();
}
