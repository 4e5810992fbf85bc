export { createAdminApi, type AdminApi } from './api/app.ts';
export type { Admin, Operation, OperationResult } from './admin.ts';
export { dialects, jumpcloud, type Dialect } from './dialects/index.ts';
export { generateOrganisation, type Organisation } from './directory/generate.ts';
export { toSystemUser } from './directory/system-user.ts';
export { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';
export type { Destination, SendTo } from './sync/connection.ts';
export { problemLine } from './directory/people-file.ts';
export { readPeople } from './directory/people-read.ts';
