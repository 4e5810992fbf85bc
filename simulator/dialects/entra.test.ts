import { expect } from 'chai';
import { entra, entraAadoptscim062020 } from './entra.ts';
import { transcriptOf, type Transcript } from './transcript.test.ts';

const plainly: Transcript = {
  test: ['GET /Users?filter=userName+eq+%22b873008c-0b76-cc5e-f614-7cc5d0ef3d98%22'],
  hire: [
    'GET /Users?filter=userName+eq+%22ada%40orbital.example%22',
    'POST /Users {"displayName":null,"title":null,"userType":null,"preferredLanguage":null,"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ada@orbital.example","name":{"formatted":"Ada Lovelace","givenName":"Ada","familyName":"Lovelace"},"emails":[{"value":"ada@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"meta":{"resourceType":"User"},"roles":[]}',
    'GET /Groups?excludedAttributes=members&filter=displayName+eq+%22Eng%22',
    'POST /Groups {"schemas":["core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"000000003a7fe03647000002","displayName":"Eng","meta":{"resourceType":"Group"}}',
    'PATCH /Groups/g2 [{"op":"Add","path":"members","value":[{"$ref":null,"value":"u1"}]}]',
  ],
  change: [
    'GET /Users/u1',
    'PATCH /Users/u1 [{"op":"Replace","path":"name.familyName","value":"King"},{"op":"Add","path":"extension:enterprise:2.0:User:department","value":"Engines"}]',
  ],
  move: [
    'GET /Users/u1',
    'PATCH /Users/u1 [{"op":"Replace","path":"userName","value":"ada.king@orbital.example"},{"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"ada.king@orbital.example"}]',
  ],
  suspend: ['PATCH /Users/u1 [{"op":"Replace","path":"active","value":"False"}]'],
  reactivate: ['GET /Users/u1', 'PATCH /Users/u1 [{"op":"Replace","path":"active","value":"True"}]'],
  join: [
    'GET /Users?filter=userName+eq+%22ben%40orbital.example%22',
    'POST /Users {"displayName":null,"title":null,"userType":null,"preferredLanguage":null,"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ben@orbital.example","name":{"formatted":"Ben Moon","givenName":"Ben","familyName":"Moon"},"emails":[{"value":"ben@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"meta":{"resourceType":"User"},"roles":[]}',
    'PATCH /Groups/g2 [{"op":"Add","path":"members","value":[{"$ref":null,"value":"u3"}]}]',
  ],
  leave: [
    'PATCH /Groups/g2 [{"op":"Remove","path":"members","value":[{"value":"u3"}]}]',
    'PATCH /Users/u3 [{"op":"Replace","path":"active","value":"False"}]',
  ],
  rename: ['PATCH /Groups/g2 [{"op":"Replace","path":"displayName","value":"Engines"}]'],
  dismiss: [
    'PATCH /Groups/g2 [{"op":"Remove","path":"members","value":[{"value":"u1"}]}]',
    'PATCH /Users/u1 [{"op":"Replace","path":"active","value":"False"}]',
  ],
  'a month later': ['DELETE /Users/u1'],
  'delete group': ['DELETE /Groups/g2'],
};

const flagged: Transcript = {
  ...plainly,
  hire: [
    'GET /Users?filter=userName+eq+%22ada%40orbital.example%22',
    'POST /Users {"displayName":null,"title":null,"userType":null,"preferredLanguage":null,"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ada@orbital.example","name":{"formatted":"Ada Lovelace","givenName":"Ada","familyName":"Lovelace"},"emails":[{"value":"ada@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"meta":{"resourceType":"User"},"roles":[]}',
    'GET /Groups?excludedAttributes=members&filter=displayName+eq+%22Eng%22',
    'POST /Groups {"schemas":["core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"000000003a7fe03647000002","displayName":"Eng","meta":{"resourceType":"Group"}}',
    'PATCH /Groups/g2 [{"op":"add","path":"members","value":[{"$ref":null,"value":"u1"}]}]',
  ],
  change: [
    'GET /Users/u1',
    'PATCH /Users/u1 [{"op":"replace","value":{"name.familyName":"King","extension:enterprise:2.0:User:department":"Engines"}}]',
  ],
  move: [
    'GET /Users/u1',
    'PATCH /Users/u1 [{"op":"replace","path":"userName","value":"ada.king@orbital.example"},{"op":"replace","path":"emails[type eq \\"work\\"].value","value":"ada.king@orbital.example"}]',
  ],
  suspend: ['PATCH /Users/u1 [{"op":"replace","path":"active","value":false}]'],
  reactivate: ['GET /Users/u1', 'PATCH /Users/u1 [{"op":"replace","path":"active","value":true}]'],
  join: [
    'GET /Users?filter=userName+eq+%22ben%40orbital.example%22',
    'POST /Users {"displayName":null,"title":null,"userType":null,"preferredLanguage":null,"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ben@orbital.example","name":{"formatted":"Ben Moon","givenName":"Ben","familyName":"Moon"},"emails":[{"value":"ben@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"meta":{"resourceType":"User"},"roles":[]}',
    'PATCH /Groups/g2 [{"op":"add","path":"members","value":[{"$ref":null,"value":"u3"}]}]',
  ],
  leave: [
    'PATCH /Groups/g2 [{"op":"remove","path":"members[value eq \\"u3\\"]"}]',
    'PATCH /Users/u3 [{"op":"replace","path":"active","value":false}]',
  ],
  rename: ['PATCH /Groups/g2 [{"op":"replace","path":"displayName","value":"Engines"}]'],
  dismiss: [
    'PATCH /Groups/g2 [{"op":"remove","path":"members[value eq \\"u1\\"]"}]',
    'PATCH /Users/u1 [{"op":"replace","path":"active","value":false}]',
  ],
};

describe('Entra ID', () => {
  for (const [dialect, expected] of [
    [entra, plainly],
    [entraAadoptscim062020, flagged],
  ] as const) {
    it(`sends these requests, and no others: ${dialect.id}`, async () => {
      expect(await transcriptOf(dialect)).to.deep.equal(expected);
    });
  }
});
