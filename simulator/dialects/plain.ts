import { SCIM_JSON } from '../../scim/message/urn.ts';
import type { Dialect } from './dialect.ts';

/** What a client does that keeps closely to RFC 7644 and to nobody's habits. */
export const plain: Dialect = {
  id: 'plain',
  title: 'A careful RFC 7644 client',
  headers: { accept: SCIM_JSON, contentType: SCIM_JSON, userAgent: 'Scimulator (plain)' },
  update: 'patch',
  memberRemoval: 'value-path',
  evidence: {
    headers: ['RFC7644-3.1-01'],
    update: ['RFC7644-3.5.2.3-02', 'RFC7644-3.5.2-24'],
    memberRemoval: ['RFC7644-3.5.2.2-04'],
  },
};
