import { main } from '../cli/program.ts';
import type { Ended } from './run-cli.ts';

/** One command line in this process. */
export async function inProcess(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  let out = '';
  let err = '';
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    env,
    color: false,
    interactive: false,
    width: 100,
  };
  const code = await main(args, io);
  return { code, out, err };
}
