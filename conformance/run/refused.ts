import type { PatchOperation } from '../../scim/message/patch.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Subject } from './change.ts';
import type { Context } from './context.ts';
import { describeAnswer, expect } from './expect.ts';
import { patch } from './steps.ts';
import { Blocked } from './violation.ts';

/** A refusal by the status range, whatever its keyword. */
export function refused(answer: HttpResponse): void {
  const { status } = answer;
  const right = status !== undefined && status >= 400 && status < 500;
  expect.that(right, 'a refusal with 4xx', describeAnswer(answer), answer);
}

/**
 * Operations that no provider may carry out, the surest first: some pass over what is readOnly without a word, and a path
 * that nothing can be made of is passed over here and there too (RFC 7644 sections 3.5.2 and 3.5.2.2).
 */
export const neverRight: readonly PatchOperation[] = [
  { op: 'remove' },
  { op: 'replace', path: 'emails[type eq "work"', value: 'x' },
];

export const isRefused = ({ status }: HttpResponse): boolean => status !== undefined && status >= 400;

/** Sends a PATCH and goes on only when it was refused. @throws Blocked by the check that reports the acceptance */
export async function refusedPatch(
  context: Context,
  { endpoint, id }: Subject,
  operations: readonly PatchOperation[],
  reportedBy: string,
): Promise<HttpResponse> {
  const answer = await patch(context, endpoint, id, operations);
  if (!isRefused(answer)) {
    throw new Blocked(reportedBy, `the target refuses none of the operations: ${describeAnswer(answer)}`);
  }
  return answer;
}
