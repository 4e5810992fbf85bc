/** A family of checks, by the beginning of their ids up to a `.` or `-`, and what to change where one of them fails. */
export type Fix = readonly [family: string, text: string];
