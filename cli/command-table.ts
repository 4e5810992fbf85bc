import type { Command } from 'commander';
import type { Io } from './io.ts';

/** Takes the exit code of a command that has been started. */
export type Ends = (command: Promise<number>) => Promise<void>;

/** Gives a command its arguments, its flags and what it does. */
export type Define = (command: Command, io: Io, ends: Ends) => void;

/** A command by the line it has in the help; what it takes is loaded when it is asked for, so that `--help` is quick. */
export interface CommandEntry {
  readonly group: string;
  readonly name: string;
  readonly description: string;
  readonly define: () => Promise<Define>;
}

/** All commands, in the order of the help. */
export const commandTable: readonly CommandEntry[] = [
  {
    group: 'Begin:',
    name: 'demo',
    description: 'a simulated JumpCloud provisions into a reference bridge; every exchange is judged',
    define: async () => (await import('./story-commands.ts')).defineDemo,
  },
  {
    group: 'Begin:',
    name: 'init',
    description: 'learn what a SCIM endpoint needs, and write it down as a configuration',
    define: async () => (await import('./init-command.ts')).defineInit,
  },
  {
    group: 'Begin:',
    name: 'doctor',
    description: 'find out why a SCIM endpoint cannot be used: address, network, TLS, credential, base path',
    define: async () => (await import('./look-commands.ts')).defineDoctor,
  },
  {
    group: 'Judge:',
    name: 'conform',
    description: 'judge a SCIM endpoint against the standard',
    define: async () => (await import('./conform-command.ts')).defineConform,
  },
  {
    group: 'Judge:',
    name: 'rerun',
    description: 'run some checks again, or what was red last',
    define: async () => (await import('./rerun-command.ts')).defineRerun,
  },
  {
    group: 'Judge:',
    name: 'play',
    description: 'play lifecycle stories as an identity provider would',
    define: async () => (await import('./story-commands.ts')).definePlay,
  },
  {
    group: 'Judge:',
    name: 'explore',
    description: 'play histories drawn at random, and shorten the one that breaks an endpoint',
    define: async () => (await import('./story-commands.ts')).defineExplore,
  },
  {
    group: 'Judge:',
    name: 'judge',
    description: 'judge recorded traffic: requests as those of a client, answers as those of a service provider',
    define: async () => (await import('./traffic-commands.ts')).defineJudge,
  },
  {
    group: 'Judge:',
    name: 'replay',
    description: 'send recorded requests to another target and show what it does differently',
    define: async () => (await import('./traffic-commands.ts')).defineReplay,
  },
  {
    group: 'Judge:',
    name: 'lint',
    description: 'judge the body of a request without sending it: a user, a group, a PATCH, bulk or search request',
    define: async () => (await import('./look-commands.ts')).defineLint,
  },
  {
    group: 'Simulate:',
    name: 'serve',
    description: 'run a server until Ctrl-C: a bridge, a JumpCloud, or both',
    define: async () => (await import('./serve-commands.ts')).defineServe,
  },
  {
    group: 'Simulate:',
    name: 'generate',
    description: 'make up an organisation: people of a directory, with their user groups',
    define: async () => (await import('./generate-command.ts')).defineGenerate,
  },
  {
    group: 'Simulate:',
    name: 'mapping',
    description: 'try attribute mappings and their expressions',
    define: async () => (await import('./mapping-commands.ts')).defineMapping,
  },
  {
    group: 'Look up:',
    name: 'list',
    description: 'print a catalogue',
    define: async () => (await import('./look-commands.ts')).defineList,
  },
  {
    group: 'Look up:',
    name: 'explain',
    description: 'say what an id stands for: a clause, rule, check, defect, variant, story or profile',
    define: async () => (await import('./look-commands.ts')).defineExplain,
  },
  {
    group: 'Look up:',
    name: 'completion',
    description: 'print a script with which a shell completes command lines: bash, zsh or fish',
    define: async () => (await import('./completion-command.ts')).defineCompletion,
  },
  {
    group: 'Afterwards:',
    name: 'report',
    description: 'make reports from records again, open, merge and compare them',
    define: async () => (await import('./report-commands.ts')).defineReport,
  },
  {
    group: 'Afterwards:',
    name: 'clean',
    description: 'remove what an interrupted run left on a target',
    define: async () => (await import('./clean-command.ts')).defineClean,
  },
];
