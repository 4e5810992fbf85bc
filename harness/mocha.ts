export { conformance, type EmbedOptions, type EmbedTarget, type EmbedTarget as SuiteTarget } from './embed.ts';
