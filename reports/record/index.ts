export * from './event.ts';
export * from './exchange.ts';
export * from './fold.ts';
export * from './verdict.ts';
