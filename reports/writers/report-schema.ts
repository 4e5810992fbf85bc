import { outcomes } from '../record/index.ts';
import { REPORT_FORMAT } from './report.ts';

const string = { type: 'string' } as const;
const strings = { type: 'array', items: string } as const;
const count = { type: 'integer', minimum: 0 } as const;
const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' } as const;
const severities = ['failure', 'warning', 'observation', 'none'] as const;

/** An object in which every member is required; members of later versions are let through. */
const object = <P extends Record<string, unknown>>(properties: P, optional: readonly (keyof P & string)[] = []) => ({
  type: 'object',
  required: Object.keys(properties).filter(name => !optional.includes(name)),
  properties,
});
const mapOf = (additionalProperties: unknown) => ({ type: 'object', additionalProperties });
const counts = (names: readonly string[]) => object(Object.fromEntries(names.map(name => [name, count])));

const message = { headers: mapOf(string), json: true, text: string };

/** JSON Schema (2020-12) of the JSON report; `schemas/report.schema.json` is the same, for editors and other languages. */
export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://scimulator.example/schemas/report.schema.json',
  title: 'Scimulator report',
  ...object(
    {
      format: { const: REPORT_FORMAT },
      run: { ...string, description: 'Random mark of the run; part of the names of what it created.' },
      seed: { type: 'number' },
      tool: string,
      command: string,
      target: { ...string, description: 'Base URL.' },
      profile: string,
      started: time,
      clauses: {
        ...mapOf(
          object(
            {
              document: string,
              section: string,
              level: string,
              sentence: string,
              needed: {
                ...mapOf(object({ severity: { enum: severities }, source: string })),
                description: 'By profile: what it weighs for those that count on it, and where that stands.',
              },
              softened: { ...string, description: 'Why a mismatch weighs less than the level says.' },
            },
            ['needed', 'softened'],
          ),
        ),
        description: 'What each clause said when the run was made, by id.',
      },
      catalogue: {
        ...mapOf(mapOf(count)),
        description: 'How many clauses the catalogue had, by document and section.',
      },
      notes: strings,
      tally: {
        ...object({ outcomes: counts(outcomes), severities: counts(severities) }),
        description: 'Verdicts by outcome, and the failed ones by severity.',
      },
      verdicts: { type: 'array', items: { $ref: '#/$defs/verdict' } },
      exchanges: { type: 'array', items: { $ref: '#/$defs/exchange' } },
      steps: {
        type: 'array',
        items: object(
          {
            scenario: string,
            scope: string,
            n: { type: 'integer', minimum: 1 },
            title: string,
            aside: {
              const: true,
              description: 'Its requests are those of the story and not of the identity provider.',
            },
            directory: { $ref: '#/$defs/directory' },
          },
          ['aside', 'directory'],
        ),
      },
      shard: object({ part: { type: 'integer', minimum: 1 }, of: { type: 'integer', minimum: 1 } }),
      leftovers: {
        type: 'array',
        items: object({ scope: string, endpoint: string, key: string, value: string, id: string }),
        description:
          'Created and not removed by the ledger alone; `id` is empty where no answer came. The footer, where there is one, knows better.',
      },
      footer: {
        anyOf: [
          { type: 'null' },
          object(
            { ended: time, exitCode: count, lostSince: string, leftBehind: strings, notes: strings, baseline: strings },
            ['baseline'],
          ),
        ],
        description: 'Null when the run was cut off.',
      },
    },
    ['catalogue', 'shard'],
  ),
  $defs: {
    verdict: object(
      {
        check: string,
        case: { ...string, description: 'Empty when the check has no cases; the key of a verdict is check and case.' },
        title: string,
        clause: string,
        also: strings,
        level: string,
        outcome: { enum: outcomes },
        severity: { enum: severities },
        expected: string,
        actual: string,
        reason: string,
        blockedBy: { ...string, description: 'For inconclusive: the check that stood in the way.' },
        exchanges: { ...strings, description: 'Ids of exchanges, the decisive one last.' },
        answers: {
          ...string,
          description:
            'The question of the profile that the verdict answers; a pass says no. Such verdicts come first.',
        },
        fix: { ...string, description: 'What to change, where the target deviates.' },
        matters: {
          ...mapOf(string),
          description: 'What hangs on it for each identity provider, by the id of its profile.',
        },
        fixtures: { ...strings, description: 'Scopes in which was made what several probes start from.' },
        acts: { ...strings, description: 'What was done on the account behind the target, beside what was sent.' },
        script: {
          ...string,
          description: 'For failures and warnings: a POSIX shell script that shows the fault again.',
        },
        scored: { type: 'boolean', description: 'False where the check is newer than the requirements asked for.' },
        known: {
          ...object({ reason: string, owner: string, expires: string }, ['owner', 'expires']),
          description: 'Set where the baseline of the target has the deviation: it does not count.',
        },
      },
      ['answers', 'fix', 'matters', 'fixtures', 'acts', 'script', 'scored', 'known'],
    ),
    directory: {
      ...object({
        provisioning: { type: 'boolean' },
        people: {
          type: 'array',
          items: object({ name: string, email: string, state: string, link: string }, ['link']),
        },
        peopleCount: count,
        groups: {
          type: 'array',
          items: object(
            {
              name: string,
              displayName: string,
              bound: { type: 'boolean' },
              members: strings,
              memberCount: count,
              link: string,
            },
            ['link'],
          ),
        },
        groupCount: count,
      }),
      description:
        'What the identity provider has after a step that changed it: the first of many, and how many there are.',
    },
    exchange: object(
      {
        id: string,
        scope: string,
        n: { type: 'integer', minimum: 1 },
        at: { type: 'number', description: 'Milliseconds since the epoch.' },
        ms: { type: 'number', minimum: 0 },
        request: object(
          {
            method: string,
            path: string,
            ...message,
            presented: { ...string, description: 'An Authorization field that a check made up.' },
            as: { ...string, description: 'The further credential it went with.' },
          },
          ['json', 'text', 'presented', 'as'],
        ),
        response: object(
          {
            status: { type: 'integer', minimum: 100, maximum: 999 },
            ...message,
            failure: object({ code: string, message: string, rawHead: string }, ['rawHead']),
          },
          ['status', 'json', 'text', 'failure'],
        ),
        staged: {
          enum: ['kept-back', 'passed-on'],
          description: "Set where the run itself made trouble on the way: the answer is not the service provider's.",
        },
      },
      ['staged'],
    ),
  },
};
