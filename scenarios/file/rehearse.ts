import { DirectoryError } from '../../simulator/directory/error.ts';
import { createSimulator, jumpcloud } from '../../simulator/index.ts';
import type { Scenario } from '../scenario.ts';
import { CROWD, type Details, type Step } from '../step.ts';

/** A step that no directory takes. */
export interface Refusal {
  /** From 0. */
  readonly step: number;
  readonly message: string;
}

/**
 * The first step that the directory refuses, found without sending anything: an address that somebody has, a group joined
 * twice. Undefined where it takes them all. What is imported is known once the story is played, so nothing behind it is
 * tried.
 */
export function refusalIn({ steps }: Scenario): Refusal | undefined {
  const rehearsal = createRehearsal();
  for (const [index, step] of steps.entries()) {
    if (step.verb === 'import' || step.verb === 'delete-application') return undefined;
    try {
      rehearsal.act(step);
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      if (!step.attempt) return { step: index, message: error.message };
    }
  }
  return undefined;
}

function createRehearsal() {
  const simulator = createSimulator({
    dialect: jumpcloud,
    send: () => Promise.reject(new Error('nothing is sent while a story is read')),
    now: () => 0,
  });
  const ids = new Map<string, string>();
  const idOf = (alias: string): string => ids.get(alias) ?? '';
  const addressed = ({ email, ...details }: Details): Details =>
    email === undefined ? details : { ...details, email: email.includes('@') ? email : `${email}@story.example` };

  function act(step: Step): void {
    // The crowd is many, who share nothing with anybody.
    if ('person' in step && step.person === CROWD) return;
    switch (step.verb) {
      case 'hire': {
        const { person, details } = step;
        const draft = { email: `${person}@story.example`, firstname: person, lastname: person, ...addressed(details) };
        ids.set(person, simulator.hire(draft).id);
        return;
      }
      case 'change':
        simulator.change(idOf(step.person), addressed(step.details));
        return;
      case 'join':
      case 'leave':
        for (const group of step.groups) simulator[step.verb](idOf(step.person), idOf(group));
        return;
      case 'suspend':
      case 'reactivate':
      case 'dismiss':
        simulator[step.verb](idOf(step.person));
        return;
      case 'create-group':
        ids.set(step.group, simulator.createGroup(step.name).id);
        return;
      case 'rename-group':
        simulator.renameGroup(idOf(step.group), step.name);
        return;
      case 'bind':
      case 'unbind':
        simulator[step.verb](idOf(step.group));
        return;
      case 'delete-group':
        simulator.deleteGroup(idOf(step.group));
        return;
      default:
    }
  }
  return { act };
}
