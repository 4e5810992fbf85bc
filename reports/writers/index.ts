import { ctrf } from './ctrf.ts';
import { github } from './github.ts';
import { har } from './har.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { text } from './text.ts';
import type { Writer } from './writer.ts';

export { differenceText } from './difference-text.ts';
export { scriptsOf } from './scripts.ts';
export { labelled } from './terminal-text.ts';
export { renderText } from './text.ts';
export { visible } from './visible.ts';
export type { Writer } from './writer.ts';

/** Every report format by its name on the command line. */
export const writers: ReadonlyMap<string, Writer> = new Map(
  ([text, json, html, junit, ctrf, har, markdown, github] satisfies Writer[]).map(writer => [writer.format, writer]),
);

/** The writer of a format, or undefined for a name that is none. */
export const writerFor = (format: string): Writer | undefined => writers.get(format);
