import { ScimError } from '../../scim/message/error.ts';
import { attribute, complex, groupType, plural, string, userType, type ResourceType } from '../../scim/schema/index.ts';
import { compileType } from './type.ts';

export const GADGET = 'urn:example:schemas:Gadget';
export const WARRANTY = 'urn:example:schemas:extension:1.0:Warranty';
export const user = compileType(userType);
export const group = compileType(groupType);

/** A resource type with each characteristic that the core schemas leave out. */
export const gadgetType: ResourceType = {
  name: 'Gadget',
  endpoint: '/Gadgets',
  description: 'Gadget',
  schema: {
    id: GADGET,
    name: 'Gadget',
    description: 'Gadget',
    attributes: [
      string('label', 'Label.', { required: true }),
      string('code', 'Code.', { caseExact: true, uniqueness: 'global' }),
      attribute('count', 'integer', 'Count.'),
      attribute('weight', 'decimal', 'Weight.'),
      attribute('bought', 'dateTime', 'When.'),
      attribute('key', 'binary', 'Key.'),
      attribute('page', 'reference', 'Page.', { referenceTypes: ['external'] }),
      attribute('enabled', 'boolean', 'Enabled.'),
      string('serial', 'Serial number.', { mutability: 'immutable' }),
      string('pin', 'Secret.', { mutability: 'writeOnly', returned: 'never' }),
      string('notes', 'Notes.', { returned: 'request' }),
      string('stamp', 'Stamp.', { returned: 'always' }),
      string('state', 'State.', { mutability: 'readOnly' }),
      string('tags', 'Tags.', { multiValued: true }),
      complex('maker', 'Maker.', [
        string('name', 'Name.', { required: true }),
        string('country', 'Country.', { mutability: 'immutable' }),
        string('rating', 'Rating.', { mutability: 'readOnly' }),
        string('secret', 'Secret.', { returned: 'never' }),
        string('detail', 'Detail.', { returned: 'request' }),
        string('mark', 'Mark.', { returned: 'always' }),
        string('aliases', 'Aliases.', { multiValued: true }),
      ]),
      plural('ports', 'Ports.', attribute('value', 'integer', 'Number.')),
      complex('parts', 'Parts.', [string('ref', 'Part number.', { required: true }), string('note', 'Note.')], {
        multiValued: true,
      }),
    ],
  },
  extensions: [
    {
      required: true,
      schema: {
        id: WARRANTY,
        name: 'Warranty',
        description: 'Warranty',
        attributes: [
          attribute('months', 'integer', 'Months.', { required: true }),
          string('terms', 'Terms.', { mutability: 'immutable' }),
        ],
      },
    },
  ],
};
export const gadget = compileType(gadgetType);

/** The refusal that something runs into, as `status scimType: detail`. */
export function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}: ${error.message}`;
    throw error;
  }
  return 'no refusal';
}
