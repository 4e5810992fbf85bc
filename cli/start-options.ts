import type { Command } from 'commander';
import { wholeNumber } from './run-options.ts';

/** Flags that start the endpoint under test. */
export interface StartFlags {
  readonly start?: string;
  readonly wait?: number;
}

/** Adds them. */
export const addStartOptions = (command: Command): Command =>
  command
    .option('--start <command>', 'start the endpoint with this command line, and stop it at the end')
    .option('--wait <seconds>', 'how long the endpoint has to come up', wholeNumber(1, 3600));
