import type { JsonObject } from '../../../scim/wire/message.ts';

/** How answers look: as the RFC has them, or as they were recorded, quirks and all. */
export type WireId = 'normal' | 'observed';

/** Says of an attribute, or of a path such as `name.familyName`, whether a request asks for it. */
export type Asked = (path: string) => boolean;

/** How the answers of an account look. */
export interface Wire {
  /** The id of a new resource. @param unique a text that no other resource has */
  idOf(type: string, unique: string): string;
  /**
   * The body of a success as it goes out.
   *
   * @param asked whether the request asks for an attribute, or for `name.familyName` of one
   * @throws ScimError 404 for a document that was never seen to exist
   */
  shape(body: JsonObject, asked: Asked): JsonObject;
}

/** What a resource of one kind shows otherwise than the RFC has it. */
export interface Differences {
  /** By attribute: what is shown in place of a value; undefined leaves the attribute out. */
  readonly changes?: Readonly<Record<string, Change>>;
  /** What is shown where there is no value; an object completes objects, a list of one object each element of a list. */
  readonly fills?: JsonObject;
}

/** @param shown the whole resource, whose type it is in */
export type Change = (value: JsonObject[string], shown: JsonObject) => JsonObject[string] | undefined;

/** The differences of one profile, by URN of the base schema. */
export type DifferenceTable = Readonly<Record<string, Differences>>;
