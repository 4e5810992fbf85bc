import type { Report } from '../writers/report.ts';

/** Reads what the writer put into the page: JSON, deflated, in base64. */
export async function loadReport(base64: string): Promise<Report> {
  const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
  return JSON.parse(text) as Report;
}
