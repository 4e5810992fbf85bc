import type { Happening, ProvisioningEventType } from '../insights/event.ts';
import { Trouble } from './answer.ts';

/** Who or what an attempt is about. */
export type Subject = NonNullable<Happening['resource']>;

/** Puts an attempt into Directory Insights. */
export type Tell = (
  type: ProvisioningEventType,
  subject: Subject,
  ended: {
    /** Why it failed; an attempt without went well. */
    readonly trouble?: Trouble;
    /** What was left out although it went well (JC-Q33a). */
    readonly problems?: readonly string[];
    readonly changes?: Happening['changes'];
  },
) => void;

/** What an operation did: wrote something, or found nothing to write. */
export type Effect = 'done' | 'unchanged';

/** What came of an attempt, for its event. */
export interface Attempted {
  readonly effect: Effect;
  readonly problems?: readonly string[];
  readonly changes?: Happening['changes'];
}

/** Whether an event is kept for an attempt: all are but those that had nothing to do. @throws Trouble */
export async function attempt(
  tell: Tell,
  type: ProvisioningEventType,
  subject: Subject,
  work: () => Promise<Attempted>,
): Promise<Effect> {
  try {
    const { effect, ...ended } = await work();
    if (effect === 'done') tell(type, subject, ended);
    return effect;
  } catch (error) {
    if (error instanceof Trouble) tell(type, subject, { trouble: error });
    throw error;
  }
}
