import { suggest } from '../../text/suggest.ts';
import { locate, readYaml } from '../../text/yaml.ts';
import { completeProfile, type GeneratorProfile, type ProfileFile } from './profile.ts';
import { profileSchema } from './profile-schema.ts';

/** A profile, or what is wrong with its file: messages with line, column and excerpt. */
export type ReadProfile =
  { readonly profile: GeneratorProfile; readonly mistakes?: undefined } | { readonly mistakes: readonly string[] };

/**
 * Reads a generator profile.
 * @param name what the file is called in messages
 * @param text JSON or YAML
 */
export function readProfile(name: string, text: string): ReadProfile {
  const read = readYaml<ProfileFile & { readonly $schema?: string }>(name, text, profileSchema);
  if (read.mistakes) return { mistakes: read.mistakes.map(({ message }) => message) };
  const { $schema: _schema, ...file } = read.content;
  const mistakes: string[] = [];
  const tell = (path: readonly (string | number)[], words: string) =>
    void mistakes.push(locate(name, text, read.at(path), words));
  const profile = completeProfile(file);

  if (file.locales && Object.values(file.locales).every(weight => weight === 0)) {
    tell(['locales'], 'people have to come from somewhere; give one locale a weight above 0');
  }
  const departments = profile.departments.map(department => department.name);
  tellRepeated(file.departments ?? [], index => ['departments', index, 'name'], tell);
  tellRepeated(file.attributes ?? [], index => ['attributes', index, 'name'], tell);
  tellRepeated(file.groups?.more ?? [], index => ['groups', 'more', index, 'name'], tell);
  for (const [index, group] of (file.groups?.more ?? []).entries()) {
    for (const [place, department] of (group.departments ?? []).entries()) {
      if (departments.includes(department)) continue;
      const words = `no department ${department}${suggest(department, departments)}; there are ${departments.join(', ')}`;
      tell(['groups', 'more', index, 'departments', place], words);
    }
  }
  return mistakes.length > 0 ? { mistakes } : { profile };
}

function tellRepeated(
  list: readonly { readonly name: string }[],
  pathOf: (index: number) => readonly (string | number)[],
  tell: (path: readonly (string | number)[], words: string) => void,
): void {
  const seen = new Set<string>();
  for (const [index, { name }] of list.entries()) {
    if (seen.has(name)) tell(pathOf(index), `the name ${name} is there already; give each its own`);
    seen.add(name);
  }
}
