import type { Kind, Shelf } from '../account/shelf.ts';
import { metaNow } from './present.ts';
import { servedType, type Provider } from './provider.ts';
import { add, takeOut, write } from './resources.ts';

/** The resources of a service provider as the account behind it writes them. */
export function createShelf(provider: Provider): Shelf {
  const { store } = provider;
  const all = () =>
    [...provider.types.keys()]
      .flatMap(type => [...store.rows(type)])
      .sort((a, b) => a.order - b.order)
      .map(({ type, resource }) => ({ type, resource }));

  return {
    get: id => store.get(id)?.resource,
    put(type: Kind, resource) {
      add(provider, servedType(provider, type), resource);
    },
    change(id, resource) {
      const entry = store.get(id);
      if (entry) write(provider, servedType(provider, entry.type), entry, resource);
    },
    take(id) {
      const entry = store.get(id);
      if (entry) takeOut(provider, entry);
    },
    all,
    reset(resources) {
      for (const { resource } of all()) {
        const entry = store.get(resource.id);
        if (entry) store.remove(entry);
      }
      // As they were: whoever is named in a group may come after it.
      for (const { type, resource } of resources) store.insert(type, resource);
    },
    meta: type => metaNow(provider, type),
    newId: type => provider.newId(type),
  };
}
