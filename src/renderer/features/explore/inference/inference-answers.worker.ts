import { serveTask } from '../../../workers/serve-task';
import { answerService, type ServiceCurves } from './inference-answer';
import type { ServiceKind } from './inference-choice';

/** One kind of service at a time, whole. */
function* answerInTurn(kind: ServiceKind): Generator<null, ServiceCurves, void> {
  yield null;
  return answerService(kind);
}

serveTask<ServiceKind, ServiceCurves, ServiceCurves>(self, answerInTurn);
