import { GROUP } from '../message/urn.ts';
import { attribute, complex, string, type Schema } from './attribute.ts';

/** The Group schema (RFC 7643 sections 4.2 and 8.7.1). */
export const groupSchema: Schema = {
  id: GROUP,
  name: 'Group',
  description: 'Group',
  attributes: [
    // The figure says required false, section 4.2 and erratum 5368 say REQUIRED.
    string('displayName', 'Name of the group.', { required: true }),
    complex(
      'members',
      'Members of the group.',
      [
        string('value', 'Id of the member.', { mutability: 'immutable' }),
        attribute('$ref', 'reference', 'Address of the member.', {
          mutability: 'immutable',
          referenceTypes: ['User', 'Group'],
        }),
        string('type', 'Resource type of the member.', {
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
        }),
        // Missing in the figure, sent in its examples (section 8.4).
        string('display', 'Name of the member to show.', { mutability: 'immutable' }),
      ],
      { multiValued: true },
    ),
  ],
};
