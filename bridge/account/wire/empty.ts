import { GROUP, USER } from '../../../scim/message/urn.ts';
import type { JsonObject } from '../../../scim/wire/message.ts';

const meta = { created: '', lastModified: '', location: '', version: '' };

/** What a resource shows where it has no value, if it shows anything there (research note, section 2.6). */
export const blanks: Readonly<Record<string, JsonObject>> = {
  [USER]: {
    externalId: '',
    name: { formatted: '', familyName: '', givenName: '', middleName: '', honorificPrefix: '', honorificSuffix: '' },
    emails: [{ type: '' }],
    meta,
  },
  [GROUP]: { externalId: '', members: [], meta },
};
