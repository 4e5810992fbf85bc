import type { Defect } from '../defect.ts';
import { misread, nobody, everybody } from '../filter-hops.ts';
import { toDefect, type Row } from '../query-hops.ts';

const q = 'RFC7644-3.4.2.2';

/** An operator that works as another one does: `<from> "…"` outside of the name that confines a filter. */
const swapped = (
  [
    ['eq', 'co', `${q}-12`],
    ['eq', 'sw', `${q}-12`],
    ['eq', 'ew', `${q}-12`],
    ['eq', 'ne', `${q}-12`],
    ['ne', 'eq', `${q}-16`],
    ['co', 'eq', `${q}-19`],
    ['co', 'sw', `${q}-19`],
    ['co', 'ew', `${q}-19`],
    ['sw', 'co', `${q}-20`],
    ['sw', 'eq', `${q}-20`],
    ['sw', 'ew', `${q}-20`],
    ['ew', 'co', `${q}-21`],
    ['ew', 'eq', `${q}-21`],
    ['ew', 'sw', `${q}-21`],
    ['gt', 'ge', `${q}-23`],
    ['gt', 'lt', `${q}-23`],
    ['ge', 'gt', `${q}-25`],
    ['ge', 'eq', `${q}-25`],
    ['lt', 'le', `${q}-26`],
    ['lt', 'gt', `${q}-26`],
    ['le', 'lt', `${q}-27`],
    ['le', 'eq', `${q}-27`],
  ] as const
).map(([from, to, clause]): Row => [
  `${from}-works-as-${to}`,
  `A filter with ${from} is answered as one with ${to}`,
  clause,
  [`filter.${from}`],
  misread(new RegExp(`(?<!userName) ${from} "`, 'gi'), ` ${to} "`),
]);

/** Attributes that a provider forgot when it wrote its filters. */
const forgotten = (
  [
    ['nick-name', 'nickName', 'filter.eq', `${q}-12`],
    ['family-name', String.raw`name\.familyName`, 'filter.eq', `${q}-12`],
    ['email', String.raw`emails\.value`, 'filter.eq', `${q}-12`],
    ['locality', String.raw`addresses\.locality`, 'filter.eq', `${q}-12`],
    ['department', 'User:department', 'filter.extension', `${q}-49`],
    ['manager', String.raw`User:manager\.value`, 'filter.extension', `${q}-49`],
    ['active', 'active', 'filter.eq-typed', `${q}-13`],
    ['profile-url', 'profileUrl', 'filter.eq-typed', `${q}-13`],
    ['schemas', 'schemas', 'filter.schemas', `${q}-03`],
    ['resource-type', String.raw`meta\.resourceType`, 'filter.resource-type', `${q}-03`],
    ['members', 'members', 'filter.members', `${q}-61`],
    ['group-name', 'displayName', 'filter.group-name', `${q}-03`],
  ] as const
).flatMap(([id, path, check, clause]): Row[] => [
  [
    `${id}-finds-nobody`,
    `A filter on ${id} finds nobody`,
    clause,
    [check],
    nobody(new RegExp(`^${path}|:${path}`, 'i')),
  ],
  [
    `${id}-finds-everybody`,
    `A filter on ${id} gives the whole list`,
    clause,
    [check],
    everybody(new RegExp(`^${path}|[: ]${path}`, 'i')),
  ],
]);

/** Operators that work as others do, and attributes that filters forget. */
export const operatorDefects: readonly Defect[] = [...swapped, ...forgotten].map(toDefect);
