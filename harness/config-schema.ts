const name = { type: 'string', minLength: 1 } as const;
const flag = { type: 'boolean' } as const;
const names = { type: 'array', items: name } as const;

/** JSON Schema of `scimulator.yaml`; `schemas/config.schema.json` is the same, for editors. Members are named as the flags. */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://scimulator.example/schemas/config.schema.json',
  title: 'scimulator.yaml: a target and how it is judged',
  type: 'object',
  additionalProperties: false,
  properties: {
    target: {
      description:
        'The SCIM endpoint, and how to reach it. Secrets are never in this file: it names the variables or files that hold them.',
      type: 'object',
      additionalProperties: false,
      properties: {
        url: { description: 'Base URL', type: 'string', pattern: '^https?://' },
        tokenEnv: { ...name, description: 'Environment variable of the bearer token' },
        tokenFile: { ...name, description: 'File of the bearer token' },
        headerEnv: { description: 'Name=VARIABLE: any header', type: 'string', pattern: '^[^=]+=.+$' },
        basicUser: { ...name, description: 'User of basic authentication' },
        basicPasswordEnv: { ...name, description: 'Environment variable of its password' },
        basicPasswordFile: { ...name, description: 'File of its password' },
        oauthTokenUrl: { ...name, description: 'OAuth client credentials: the token endpoint' },
        oauthClientId: { ...name, description: 'OAuth client credentials: the client id' },
        oauthSecretEnv: { ...name, description: 'OAuth client credentials: environment variable of the secret' },
        oauthSecretFile: { ...name, description: 'OAuth client credentials: file of the secret' },
        oauthScope: { ...name, description: 'OAuth client credentials: the scope to ask for' },
        ca: { ...name, description: 'Certificate authority to trust (PEM file)' },
        cert: { ...name, description: 'Client certificate (PEM file)' },
        key: { ...name, description: 'Key of the client certificate (PEM file)' },
        proxy: { ...name, description: 'HTTP proxy' },
        timeout: { description: 'Longest wait for an answer, in seconds', type: 'integer', minimum: 1, maximum: 600 },
        token2Env: { ...name, description: 'Environment variable of a second bearer token' },
        token2File: { ...name, description: 'File of a second bearer token' },
        token2Kind: { description: 'What the second token may do', enum: ['read-only', 'other-tenant'] },
        controlModule: { ...name, description: 'Module that acts on the account behind the endpoint' },
        controlUrl: { description: 'Base URL of its control API', type: 'string', pattern: '^https?://' },
        controlTokenEnv: { ...name, description: 'Environment variable of the bearer token of the control API' },
        controlTokenFile: { ...name, description: 'File of the bearer token of the control API' },
        account: {
          description: 'The 1Password account behind the endpoint, by the way it is provisioned',
          enum: ['hosted', 'self-hosted'],
        },
      },
    },
    profile: {
      description: 'What weighs how much',
      enum: ['rfc', 'jumpcloud', '1password', '1password-self-hosted', '1password-hosted', 'okta', 'entra'],
    },
    idp: { ...name, description: 'Identity provider that play and explore play' },
    requirements: {
      description: 'Score only what existed on that day (YYYY-MM-DD)',
      type: 'string',
      pattern: '^\\d{4}-\\d\\d-\\d\\d$',
    },
    failOn: {
      description: 'Lightest deviation that makes exit code 1',
      enum: ['failure', 'warning', 'never'],
    },
    baseline: { ...name, description: 'File of known deviations' },
    only: { ...names, description: 'Checks, patterns, topics or clauses to run; all otherwise' },
    level: { description: 'Checks of what must be so, or of what should be so too', enum: ['must', 'should'] },
    skip: {
      description: 'Checks, patterns or topics that are left out, each with the reason',
      type: 'object',
      additionalProperties: name,
    },
    bail: { description: 'Failures after which nothing more is sent', type: 'integer', minimum: 1 },
    timeLimit: { description: 'Seconds after which nothing more is sent', type: 'integer', minimum: 1 },
    maxResponseTime: { description: 'Milliseconds an answer may take', type: 'integer', minimum: 1 },
    start: { ...name, description: 'Command line that starts the endpoint; it is stopped at the end' },
    wait: { description: 'Seconds the endpoint has to come up', type: 'integer', minimum: 1, maximum: 3600 },
    seed: { description: 'Seed of everything random', type: 'integer', minimum: 0, maximum: 4_294_967_295 },
    concurrency: {
      description: 'Checks, or histories of explore, under way at once',
      type: 'integer',
      minimum: 1,
      maximum: 64,
    },
    emailDomain: { description: 'Domain of the addresses that are made up', type: 'string', minLength: 3 },
    maxUsers: { description: 'Users made in the whole run, at most', type: 'integer', minimum: 1 },
    maxRequests: { description: 'Requests sent, at most', type: 'integer', minimum: 1 },
    rate: { description: 'Requests a second, at most', type: 'number', minimum: 0.01, maximum: 10000 },
    large: { ...flag, description: 'Make groups of hundreds of members' },
    readOnly: { ...flag, description: 'Send only what changes nothing' },
    forbid: {
      description: 'What the target is never asked: a method, a path, or both, as in DELETE, /Groups, PATCH /Groups',
      type: 'array',
      items: { type: 'string', pattern: '^(?:[A-Z]+|(?:[A-Z]+ )?/[A-Za-z.]+)$' },
    },
    templates: {
      description:
        'What bodies of a type hold beyond ordinary ones; null leaves a member out. ${unique} and ${password} are filled in.',
      type: 'object',
      additionalProperties: { type: 'object' },
    },
  },
} as const;
