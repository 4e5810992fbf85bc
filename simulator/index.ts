export type { Admin, Operation, OperationResult } from './admin.ts';
export { dialects, jumpcloud, type Dialect } from './dialects/index.ts';
export { generateOrganisation, type Organisation } from './directory/generate.ts';
export { createSimulator } from './simulator.ts';
