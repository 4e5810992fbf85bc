/** JSON Schema of `scimulator.yaml`; `schemas/config.schema.json` is the same, for editors. */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://scimulator.example/schemas/config.schema.json',
  title: 'scimulator.yaml: a target and how it is judged',
  type: 'object',
  additionalProperties: false,
  properties: {
    target: {
      description: 'The SCIM endpoint. Secrets are never in this file: it names the variables that hold them.',
      type: 'object',
      additionalProperties: false,
      properties: {
        url: { description: 'Base URL', type: 'string', pattern: '^https?://' },
        tokenEnv: { description: 'Environment variable of the bearer token', type: 'string', minLength: 1 },
        headerEnv: { description: 'Name=VARIABLE: any header', type: 'string', pattern: '^[^=]+=.+$' },
        basicUser: { description: 'User of basic authentication', type: 'string', minLength: 1 },
        basicPasswordEnv: { description: 'Environment variable of its password', type: 'string', minLength: 1 },
      },
    },
    profile: {
      description: 'What weighs how much',
      enum: ['rfc', 'jumpcloud', '1password', '1password-self-hosted', '1password-hosted', 'okta', 'entra'],
    },
    concurrency: { description: 'Checks under way at once', type: 'integer', minimum: 1, maximum: 64 },
    emailDomain: { description: 'Domain of the addresses that are made up', type: 'string', minLength: 3 },
    maxUsers: { description: 'Users made in the whole run, at most', type: 'integer', minimum: 1 },
    maxRequests: { description: 'Requests sent, at most', type: 'integer', minimum: 1 },
    rate: { description: 'Requests a second, at most', type: 'number', minimum: 0.01, maximum: 10000 },
    large: { description: 'Make groups of hundreds of members', type: 'boolean' },
    readOnly: { description: 'Send only what changes nothing', type: 'boolean' },
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
