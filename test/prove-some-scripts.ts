/** A process of the proof of scripts: tries those of the defect whose id it is sent, and tells how that went. */
import { defects } from '../conformance/proof/index.ts';
import { inFolder } from './in-folder.ts';
import { proveScripts } from './prove-script.ts';
import { withProvider } from './run-with.ts';

/** Each defect gets a provider of its own: what one leaves behind is nothing that the next one should meet. */
const tried = async (id: string, folder: string) => {
  const defect = defects.find(each => each.id === id);
  const shown = defect
    ? await withProvider(defect.profile ?? 'rfc', async (target, control) =>
        proveScripts(target, defect, folder, control),
      )
    : [];
  return [id, shown] as const;
};

await inFolder(
  async folder =>
    new Promise<void>(resolve => {
      process.on('message', (id: string) => {
        void tried(id, folder).then(shown => process.send?.(shown));
      });
      process.once('disconnect', resolve);
      process.send?.('ready');
    }),
);
process.exit();
