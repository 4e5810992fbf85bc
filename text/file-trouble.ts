/** What the system says of a file, in the words of somebody who has to mend it. */
const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; a file is wanted',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EEXIST: 'a file of that name is in the way',
  EROFS: 'the file system cannot be written to',
  ENOSPC: 'no space is left on the device',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  ERR_FS_FILE_TOO_LARGE: 'it is too large to be read at once',
  ERR_STRING_TOO_LONG: 'it is too large to be read at once',
};

/** Why a file could not be read or written; the path is for the caller to say. */
export function fileTrouble(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', message } = error as NodeJS.ErrnoException;
  // Node ends other messages with what it tried and the path again.
  return words[code] ?? message.replace(/, \w+( '.*')?$/, '');
}
