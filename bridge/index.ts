export { createBridge, type Bridge, type BridgeOptions } from './http/app.ts';
export type { LogEntry } from './http/log.ts';
export { serveBridge, type ServedBridge } from './http/serve.ts';
export type { BridgeSettings } from './http/settings.ts';
