import type { Exchange, Json, JsonObject } from '../../reports/record/exchange.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Control } from '../../scim/target.ts';
import type { OperationResult } from '../../simulator/admin.ts';
import type { Act } from './act.ts';
import type { Actor } from './actor.ts';
import type { Past } from './judge-past.ts';

/** Keeps what a story has caused so far, and from where on it is looked at. */
export interface Chronicle {
  /** Takes in what a step of the identity provider did and sent. */
  add(done: Act, exchanges: readonly Exchange[]): void;
  /** An attempt was made; `refusal` is empty where it was not refused. */
  attempted(refusal: string): void;
  /** From here on it is looked at. */
  watch(): Promise<void>;
  past(): Past;
}

export function createChronicle(admin: Actor, control: Control | undefined): Chronicle {
  const all: Exchange[] = [];
  let operations: OperationResult[] = [];
  let from = { exchanges: 0, events: 0, mails: 0, changes: 0 };
  let attempt: Past['attempt'];
  let answer: Json | undefined;
  let answers: JsonObject = {};
  return {
    add(done, exchanges) {
      all.push(...exchanges);
      operations.push(...done.operations);
      if (done.answer === undefined) return;
      answer = done.answer;
      if (isObject(answer)) answers = { ...answers, ...answer };
    },
    attempted: refusal => void (attempt = { refusal }),
    async watch() {
      operations = [];
      from = {
        exchanges: all.length,
        events: admin.insights?.count() ?? 0,
        mails: (await control?.outbox?.())?.length ?? 0,
        changes: (await control?.journal?.())?.length ?? 0,
      };
    },
    past: () => ({
      all: [...all],
      watched: all.slice(from.exchanges),
      operations: [...operations],
      events: admin.insights?.query().slice(from.events),
      mailsBefore: from.mails,
      changesBefore: from.changes,
      control,
      attempt,
      answer,
      answers,
    }),
  };
}
