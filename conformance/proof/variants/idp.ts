import { onOne, refusal, swallow } from '../hops.ts';
import { on, patchGroup, patchUser, refusing, turned, withOperation, type Kind } from '../modify-hops.ts';
import type { Variant } from '../variant.ts';

const listsMembers: Kind = operation => on('remove', /^members$/)(operation) && Array.isArray(operation['value']);
const isCapital: Kind = ({ op }) => typeof op === 'string' && op !== op.toLowerCase();

/** Strict readings of the RFC: an identity provider may fail on them, and the RFC does not mind. */
export const idpVariants = [
  {
    id: 'removal-without-regard-to-value',
    title: 'A removal of members takes all of them, whatever its value lists',
    permittedBy: 'RFC 7644 section 3.5.2.2',
    withdraws: ['patch.remove-value-array/'],
    hop: () => turned(listsMembers, ({ op = 'remove', path = 'members' }) => ({ op, path }), patchGroup),
  },
  {
    id: 'removal-with-value-refused',
    title: 'A removal of members that lists some in its value is refused',
    permittedBy: 'RFC 7644 section 3.5.2.2',
    withdraws: ['patch.remove-value-array/'],
    hop: () => refusing(listsMembers, 'invalidSyntax', patchGroup),
  },
  {
    id: 'operations-in-small-letters-alone',
    title: 'Add, Replace and Remove are refused, for the RFC writes them in small letters',
    permittedBy: 'RFC 7644 section 3.5.2',
    withdraws: ['patch.op-other-case/'],
    hop: () =>
      swallow(withOperation(isCapital, onOne('PATCH', 'Users', 'Groups')), () => refusal(400, 'invalidSyntax')),
  },
  {
    id: 'addition-without-target-refused',
    title: 'An addition whose value path matches nothing is refused',
    permittedBy: 'RFC 7644 section 3.5.2.1',
    withdraws: ['patch.add-value-path-no-match/'],
    hop: () => refusing(on('add', /^emails\[type eq "other"\]/), 'noTarget', patchUser),
  },
] as const satisfies readonly Variant[];
