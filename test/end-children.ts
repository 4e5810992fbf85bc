import { endChildren } from './run-cli.ts';

/** What a failed test leaves running would keep the test run alive. */
export const mochaHooks = { afterAll: endChildren };
