import type { Socket } from 'node:net';
import type { Headers } from './message.ts';

/** Bytes kept for `rawHead`, and the most of a head that is looked at. */
const KEPT = 2048;
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Listens in on the socket of one connection. HTTP parsers drop what they cannot read and hide what follows a bodiless
 * response; the tap keeps the first bytes of each exchange as evidence and counts the rest.
 */
export interface Tap {
  watch(socket: Socket): void;
  /** A new exchange starts on this connection. */
  restart(): void;
  /** First bytes of the exchange, as Latin-1 text. */
  head(): string;
  /** True when more bytes came than the response may hold. */
  strayAfter(bodiless: boolean, headers: Headers): boolean;
}

export function createTap(): Tap {
  let kept: Buffer = Buffer.alloc(0);
  let total = 0;

  const take = (chunk: Buffer) => {
    total += chunk.length;
    if (kept.length === 0) kept = chunk.subarray(0, KEPT);
    else if (kept.length < KEPT) kept = Buffer.concat([kept, chunk.subarray(0, KEPT - kept.length)]);
  };
  return {
    watch(socket) {
      // The parser pulls with read(); a 'data' listener would switch the stream to flowing and starve it.
      const read = socket.read.bind(socket);
      socket.read = (size?: number) => {
        const chunk = read(size) as Buffer | null;
        if (chunk) take(chunk);
        return chunk;
      };
    },
    restart() {
      kept = Buffer.alloc(0);
      total = 0;
    },
    head: () => kept.toString('latin1'),
    strayAfter(bodiless, headers) {
      const end = kept.indexOf(HEAD_END);
      // An interim response (100, 103) comes first, or the head is longer than what is kept: no claim is made.
      if (end < 0 || /^HTTP\/1\.[01] 1\d\d/.test(kept.toString('latin1', 0, 12))) return false;
      const after = total - (end + HEAD_END.length);
      if (bodiless) return after > 0;
      const length = headers['content-length'];
      return length !== undefined && headers['transfer-encoding'] === undefined && after > Number(length);
    },
  };
}
