import { hash, timingSafeEqual } from 'node:crypto';

const digest = (token: string): Buffer => hash('sha256', token, 'buffer');

/** Whether two tokens are the same; the time taken tells nothing about how much of a guess was right. */
export const sameToken = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
