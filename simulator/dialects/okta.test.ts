import { expect } from 'chai';
import { okta, oktaOin } from './okta.ts';
import { transcriptOf, type Transcript } from './transcript.test.ts';

const whole: Transcript = {
  test: ['GET /Users?startIndex=1&count=2', 'GET /Groups?startIndex=1&count=100'],
  hire: [
    'GET /Users?filter=userName%20eq%20%22ada%40orbital.example%22&startIndex=1&count=100',
    'POST /Users {"schemas":["core:2.0:User"],"userName":"ada@orbital.example","name":{"givenName":"Ada","familyName":"Lovelace"},"emails":[{"value":"ada@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"groups":[],"password":"throw-away"}',
    'GET /Groups?filter=displayName%20eq%20%22Eng%22&startIndex=1&count=100',
    'POST /Groups {"schemas":["core:2.0:Group"],"displayName":"Eng","members":[]}',
    'PUT /Groups/g2 {"schemas":["core:2.0:Group"],"id":"g2","displayName":"Eng","members":[{"value":"u1","display":"ada@orbital.example"}]}',
  ],
  change: [
    'GET /Users/u1',
    'PUT /Users/u1 {"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ada@orbital.example","name":{"givenName":"Ada","familyName":"King"},"emails":[{"value":"ada@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"groups":[],"meta":{"resourceType":"User"},"id":"u1","extension:enterprise:2.0:User":{"department":"Engines"}}',
  ],
  move: [
    'GET /Users/u1',
    'PUT /Users/u1 {"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ada.king@orbital.example","name":{"givenName":"Ada","familyName":"King"},"emails":[{"value":"ada.king@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"groups":[],"meta":{"resourceType":"User"},"id":"u1","extension:enterprise:2.0:User":{"department":"Engines"}}',
  ],
  suspend: [
    'GET /Users/u1',
    'PUT /Users/u1 {"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ada.king@orbital.example","name":{"givenName":"Ada","familyName":"King"},"emails":[{"value":"ada.king@orbital.example","type":"work","primary":true}],"externalId":"x1","active":false,"groups":[],"meta":{"resourceType":"User"},"id":"u1","extension:enterprise:2.0:User":{"department":"Engines"}}',
  ],
  reactivate: [
    'GET /Users/u1',
    'PUT /Users/u1 {"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ada.king@orbital.example","name":{"givenName":"Ada","familyName":"King"},"emails":[{"value":"ada.king@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"groups":[],"meta":{"resourceType":"User"},"id":"u1","extension:enterprise:2.0:User":{"department":"Engines"}}',
  ],
  join: [
    'GET /Users?filter=userName%20eq%20%22ben%40orbital.example%22&startIndex=1&count=100',
    'POST /Users {"schemas":["core:2.0:User"],"userName":"ben@orbital.example","name":{"givenName":"Ben","familyName":"Moon"},"emails":[{"value":"ben@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"groups":[],"password":"throw-away"}',
    'PUT /Groups/g2 {"schemas":["core:2.0:Group"],"id":"g2","displayName":"Eng","members":[{"value":"u1","display":"ada.king@orbital.example"},{"value":"u3","display":"ben@orbital.example"}]}',
  ],
  leave: [
    'PUT /Groups/g2 {"schemas":["core:2.0:Group"],"id":"g2","displayName":"Eng","members":[{"value":"u1","display":"ada.king@orbital.example"}]}',
    'GET /Users/u3',
    'PUT /Users/u3 {"schemas":["core:2.0:User"],"userName":"ben@orbital.example","name":{"givenName":"Ben","familyName":"Moon"},"emails":[{"value":"ben@orbital.example","type":"work","primary":true}],"externalId":"x1","active":false,"groups":[],"meta":{"resourceType":"User"},"id":"u3"}',
  ],
  rename: [
    'PUT /Groups/g2 {"schemas":["core:2.0:Group"],"id":"g2","displayName":"Engines","members":[{"value":"u1","display":"ada.king@orbital.example"}]}',
  ],
  dismiss: [
    'PUT /Groups/g2 {"schemas":["core:2.0:Group"],"id":"g2","displayName":"Engines","members":[]}',
    'GET /Users/u1',
    'PUT /Users/u1 {"schemas":["core:2.0:User","extension:enterprise:2.0:User"],"userName":"ada.king@orbital.example","name":{"givenName":"Ada","familyName":"King"},"emails":[{"value":"ada.king@orbital.example","type":"work","primary":true}],"externalId":"x1","active":false,"groups":[],"meta":{"resourceType":"User"},"id":"u1","extension:enterprise:2.0:User":{"department":"Engines"}}',
  ],
  'a month later': [],
  'delete group': ['DELETE /Groups/g2'],
};

const byPatch: Transcript = {
  ...whole,
  hire: [
    'GET /Users?filter=userName%20eq%20%22ada%40orbital.example%22&startIndex=1&count=100',
    'POST /Users {"schemas":["core:2.0:User"],"userName":"ada@orbital.example","name":{"givenName":"Ada","familyName":"Lovelace"},"emails":[{"value":"ada@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"groups":[],"password":"throw-away"}',
    'GET /Groups?filter=displayName%20eq%20%22Eng%22&startIndex=1&count=100',
    'POST /Groups {"schemas":["core:2.0:Group"],"displayName":"Eng","members":[]}',
    'PATCH /Groups/g2 [{"op":"add","path":"members","value":[{"value":"u1","display":"ada@orbital.example"}]},{"op":"replace","value":{"id":"g2","displayName":"Eng"}}]',
  ],
  suspend: ['PATCH /Users/u1 [{"op":"replace","value":{"active":false}}]'],
  reactivate: ['GET /Users/u1', 'PATCH /Users/u1 [{"op":"replace","value":{"active":true}}]'],
  join: [
    'GET /Users?filter=userName%20eq%20%22ben%40orbital.example%22&startIndex=1&count=100',
    'POST /Users {"schemas":["core:2.0:User"],"userName":"ben@orbital.example","name":{"givenName":"Ben","familyName":"Moon"},"emails":[{"value":"ben@orbital.example","type":"work","primary":true}],"externalId":"x1","active":true,"groups":[],"password":"throw-away"}',
    'PATCH /Groups/g2 [{"op":"add","path":"members","value":[{"value":"u3","display":"ben@orbital.example"}]},{"op":"replace","value":{"id":"g2","displayName":"Eng"}}]',
  ],
  leave: [
    'PATCH /Groups/g2 [{"op":"remove","path":"members[value eq \\"u3\\"]"},{"op":"replace","value":{"id":"g2","displayName":"Eng"}}]',
    'PATCH /Users/u3 [{"op":"replace","value":{"active":false}}]',
  ],
  rename: ['PATCH /Groups/g2 [{"op":"replace","value":{"id":"g2","displayName":"Engines"}}]'],
  dismiss: [
    'PATCH /Groups/g2 [{"op":"remove","path":"members[value eq \\"u1\\"]"},{"op":"replace","value":{"id":"g2","displayName":"Engines"}}]',
    'PATCH /Users/u1 [{"op":"replace","value":{"active":false}}]',
  ],
};

describe('Okta', () => {
  for (const [dialect, expected] of [
    [okta, whole],
    [oktaOin, byPatch],
  ] as const) {
    it(`sends these requests, and no others: ${dialect.id}`, async () => {
      expect(await transcriptOf(dialect)).to.deep.equal(expected);
    });
  }
});
