export * from './difference.ts';
export * from './event.ts';
export * from './exchange.ts';
export * from './fold.ts';
export * from './merge.ts';
export * from './verdict.ts';
