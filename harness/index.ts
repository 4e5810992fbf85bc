export { conform, type ConformOptions } from './conform.ts';
export { demo, type DemoOptions } from './demo.ts';
export { EXIT } from './exit-code.ts';
export { playScenarios, type PlayOptions } from './play.ts';
export { withReferenceBridge } from './reference-bridge.ts';
export { SelectionError } from './selection.ts';
export type { Finished, RunOptions } from './run.ts';
export type { CredentialSettings, TargetSettings } from './target.ts';
export { VERSION } from './version.ts';
