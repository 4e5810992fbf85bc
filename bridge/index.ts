export { profiles as accountProfiles } from './account/profiles.ts';
export { wireIds as accountWires } from './account/wire/index.ts';
export type { AccountOptions, AccountSettings, Profile, ProfileId } from './account/model.ts';
export { CONTROL_PATH } from './http/control.ts';
export { createBridge, type Bridge, type BridgeOptions } from './http/app.ts';
export type { LogEntry } from './http/log.ts';
export { listen, serveBridge, type ListenOptions, type ServedBridge } from './http/serve.ts';
export type { BridgeSettings } from './http/settings.ts';
