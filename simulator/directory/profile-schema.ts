import { locales } from './locales.ts';
import { SHARES } from './profile.ts';

const name = { type: 'string', minLength: 1, maxLength: 200 };
const optionalName = { type: 'string', maxLength: 200 };
const share = { description: 'Share of the people, from 0 to 1', type: 'number', minimum: 0, maximum: 1 };

/** Whoever has the name of somebody else needs somebody with a name of their own. */
const SHARED_NAMES: ReadonlySet<string> = new Set(['namesake', 'dotTwin']);

/** JSON Schema of a generator profile; `schemas/generator-profile.schema.json` is the same, for editors. */
export const profileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://scimulator.example/schemas/generator-profile.schema.json',
  title: 'What a generated organisation is a mix of; what is left out is as usual',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    company: name,
    domain: {
      description: 'Domain of the e-mail addresses',
      type: 'string',
      pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$',
      maxLength: 180,
    },
    locales: {
      description: 'Where people come from, with weights relative to each other',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(locales.map(({ code }) => [code, { type: 'number', minimum: 0, maximum: 1e6 }])),
    },
    departments: {
      description: 'The head of the first one leads the organisation',
      type: 'array',
      minItems: 1,
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'costCenter', 'weight', 'head', 'lead', 'titles'],
        properties: {
          name,
          costCenter: optionalName,
          weight: { description: 'Relative to the others', type: 'number', exclusiveMinimum: 0, maximum: 1e6 },
          head: { ...name, description: 'Title of its head' },
          lead: { ...name, description: 'Title of those who lead a team' },
          titles: { description: 'Titles of the others', type: 'array', minItems: 1, maxItems: 100, items: name },
        },
      },
    },
    groups: {
      description: 'User groups; an empty name leaves one out',
      type: 'object',
      additionalProperties: false,
      properties: {
        everyone: optionalName,
        departments: { description: 'One for each department', type: 'boolean' },
        heads: optionalName,
        contractors: optionalName,
        more: {
          description: 'Groups across departments',
          type: 'array',
          maxItems: 1000,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['name', 'share'],
            properties: {
              name,
              description: { type: 'string', maxLength: 1024 },
              share,
              departments: { description: 'Of which people the share is', type: 'array', minItems: 1, items: name },
            },
          },
        },
      },
    },
    attributes: {
      description:
        'Custom attributes: each with choices, a pattern (# a digit, ? a letter) or the day somebody started',
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'share'],
        minProperties: 3,
        maxProperties: 3,
        properties: {
          name,
          share,
          choices: { type: 'array', minItems: 1, maxItems: 1000, items: { type: 'string', maxLength: 1024 } },
          pattern: { type: 'string', minLength: 1, maxLength: 1024 },
          startDate: { const: true },
        },
      },
    },
    shares: {
      description: 'Shares of people who are unusual, each in its way',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        SHARES.map(way => [way, SHARED_NAMES.has(way) ? { ...share, maximum: 0.4 } : share]),
      ),
    },
  },
};
