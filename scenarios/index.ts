export { scenarios } from './library/index.ts';
export type { Finding } from './play/finding.ts';
export { play, type PlayedStep, type PlayOptions } from './play/play.ts';
export type { Scenario } from './scenario.ts';
