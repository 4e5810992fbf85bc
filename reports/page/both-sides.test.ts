import { expect } from 'chai';
import type { DirectoryState, Exchange, Json } from '../record/index.ts';
import { exchange } from '../writers/sample-run.test.ts';
import { sidesOf } from './both-sides.ts';

const directory = (ada: string, members: readonly string[]): DirectoryState => ({
  provisioning: true,
  people: [{ name: 'ada', email: 'ada@x.example', state: ada }],
  peopleCount: 1,
  groups: [{ name: 'eng', displayName: 'Engineering', bound: true, members, memberCount: members.length }],
  groupCount: 1,
});

const played = (
  ...steps: readonly { readonly directory?: DirectoryState; readonly exchanges?: readonly Exchange[] }[]
) =>
  sidesOf(
    steps.map(({ directory, exchanges = [] }, at) => ({
      step: { scenario: 's', scope: `s/${at}`, n: at + 1, title: '', ...(directory && { directory }) },
      exchanges,
    })),
  );

const user: Json = { id: 'u-1', userName: 'Ada@x.example', active: true };
const group: Json = { id: 'g-1', displayName: 'Engineering', members: [{ value: 'u-1' }, { value: 'u-9' }] };
const patch = (...Operations: readonly Json[]): Json => ({ Operations });

describe('Both sides after a step', () => {
  it('are the directory as it was told last, and the service provider as it answered', () => {
    const [hired, sent] = played(
      { directory: directory('active', ['ada']) },
      {
        exchanges: [
          exchange('s', 1, 'POST /Users', 201, { came: user }),
          exchange('s', 2, 'POST /Groups', 201, { came: group }),
        ],
      },
    );
    expect(hired?.rows.map(({ name, directory, endpoint }) => [name, directory, endpoint])).to.deep.equal([
      ['ada', 'active', ''],
      ['eng', 'bound: ada', ''],
    ]);
    expect(sent?.rows.map(({ name, directory, endpoint }) => [name, directory, endpoint])).to.deep.equal([
      ['ada', 'active', 'active'],
      ['eng', 'bound: ada', 'ada and 1 more'],
    ]);
    expect(sent?.endpoint).to.equal('1 user, 1 group');
  });

  it('tell what a step changed, and what stood there before', () => {
    const [, left] = played(
      { directory: directory('active', ['ada']), exchanges: [exchange('s', 1, 'POST /Users', 201, { came: user })] },
      {
        directory: directory('suspended', ['ada']),
        exchanges: [exchange('t', 1, 'PUT /Users/u-1', 200, { came: { ...user, active: false } })],
      },
    );
    expect(left?.rows.map(({ name, was }) => [name, was])).to.deep.equal([
      ['ada', { directory: 'active', endpoint: 'active' }],
      ['eng', {}],
    ]);
  });

  it('do not take who is not told of for gone', () => {
    const many = { ...directory('active', ['ada']), people: [{ name: 'ben', email: 'b@x.example', state: 'active' }] };
    const [, later] = played({ directory: directory('active', ['ada']) }, { directory: { ...many, peopleCount: 30 } });
    expect(later?.rows.map(({ name }) => name)).to.deep.equal(['ben', 'eng']);
  });

  const changes: readonly (readonly [string, string, Json | undefined, string, string])[] = [
    [
      'a removal by a value path',
      'PATCH /Groups/g-1',
      patch({ op: 'Remove', path: 'members[value eq "u-1"]' }),
      'active',
      '1 more',
    ],
    [
      'a removal by a list',
      'PATCH /Groups/g-1',
      patch({ op: 'remove', path: 'members', value: [{ value: 'u-9' }] }),
      'active',
      'ada',
    ],
    ['a removal of all', 'PATCH /Groups/g-1', patch({ op: 'remove', path: 'members' }), 'active', 'nobody'],
    [
      'an addition',
      'PATCH /Groups/g-1',
      patch({ op: 'add', path: 'members', value: [{ value: 'u-2' }] }),
      'active',
      'ada and 2 more',
    ],
    ['a replacement', 'PATCH /Groups/g-1', patch({ op: 'replace', value: { members: [] } }), 'active', 'nobody'],
    [
      'a state as text',
      'PATCH /Users/u-1',
      patch({ op: 'Replace', path: 'active', value: 'False' }),
      'inactive',
      'ada and 1 more',
    ],
    ['a deletion', 'DELETE /Users/u-1', undefined, '', '2 more'],
  ];
  for (const [what, request, sent, ada, eng] of changes) {
    it(`follow ${what} that is answered with 204`, () => {
      const [, after] = played(
        {
          directory: directory('active', ['ada']),
          exchanges: [
            exchange('s', 1, 'POST /Users', 201, { came: user }),
            exchange('s', 2, 'GET /Groups/g-1', 200, { came: group }),
          ],
        },
        { exchanges: [exchange('t', 1, request, 204, { ...(sent !== undefined && { sent }) })] },
      );
      expect(after?.rows.map(({ endpoint }) => endpoint)).to.deep.equal([ada, eng]);
    });
  }

  const odd: readonly Exchange[] = [
    exchange('s', 1, 'GET /Users/u-1', 200, { came: null }),
    exchange('s', 2, 'GET /Users/%E0%A4%A', 404),
    exchange('s', 3, 'GET /Users', 200, { came: { Resources: [null, 'x', { id: 7 }] } }),
    exchange('s', 4, 'PATCH /Groups/g-1', 204, { sent: { Operations: 'none' } }),
    exchange('s', 5, 'PUT /Users/u-1', 500, { came: { id: 'u-1', active: false } }),
    { ...exchange('s', 6, 'POST /Users', 201, { came: { id: 'u-5', userName: 'eve' } }), staged: 'kept-back' },
  ];
  it('stay as they are after answers that tell nothing', () => {
    const [, after] = played({ directory: directory('active', ['ada']) }, { exchanges: odd });
    expect(after?.endpoint).to.equal('0 users, 0 groups');
  });
});
