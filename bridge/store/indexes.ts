import type { Json } from '../../scim/wire/message.ts';
import { resolvePath, type CompiledType } from '../resource/type.ts';
import { comparable } from '../resource/value.ts';
import type { TypeLinks } from './links.ts';
import type { IndexPath } from './store.ts';

/** What provisioning clients look resources up by, where a type has it. Unique attributes and links come on top. */
const lookups = ['externalId', 'displayName', 'emails.value'];

/** The indexes a resource type is stored with. `id` needs none. */
export function indexPaths(type: CompiledType, links: TypeLinks): readonly IndexPath[] {
  const unique = type.unique.map(({ attribute, sub }) => (sub ?? attribute).path);
  const paths = new Set([...unique, ...lookups, ...links.forward.map(({ path }) => path)]);
  const isSettled = (name: string): boolean =>
    links.forward.some(({ path, multiValued }) => multiValued && path === name);
  return [...paths].flatMap(name => {
    const target = resolvePath(type, name);
    if (!target) return [];
    const { extension, attribute, sub } = target;
    const compared = sub ?? attribute;
    return [
      {
        name: compared.path,
        steps: [...(extension ? [extension.urn] : []), attribute.name, ...(sub ? [sub.name] : [])],
        key: (value: Json) => comparable(compared, value)?.toString(),
        distinct: isSettled(compared.path),
        uniqueness: compared.uniqueness,
      },
    ];
  });
}
