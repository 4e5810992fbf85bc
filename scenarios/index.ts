export type { Actor } from './play/actor.ts';
export { scenarios } from './library/index.ts';
export { unprovedBecause } from './library/unproved.ts';
export type { Finding } from './play/finding.ts';
export { play, type PlayedStep, type PlayOptions } from './play/play.ts';
export { createWay, type StoryClock, type Way } from './play/way.ts';
export { readScenario } from './file/read.ts';
export { writeScenario } from './file/write.ts';
export type { Scenario } from './scenario.ts';
