import { controlActs, isControlAct, type ControlActName } from './control-acts.ts';
import { isObject } from './message/list.ts';
import { ControlError, type Control } from './target.ts';
import type { HttpResponse, Json } from './wire/message.ts';
import { createTransport, type TransportOptions } from './wire/transport.ts';

/** Where an account is controlled over HTTP. */
export interface ControlAddress extends Omit<TransportOptions, 'baseUrl'> {
  /** For example `http://127.0.0.1:8080/control`. */
  readonly url: string;
  readonly token: string;
}

/** A control that is reached over HTTP. */
export interface RemoteControl {
  /** Has the acts that the other side offers. */
  readonly control: Control;
  /** Closes the connections. */
  close(): Promise<void>;
}

/** A control API that cannot be reached, or that is none; the message says where and why. */
export class ControlConnectionError extends Error {
  readonly code = 'control-connection';
  constructor(message: string) {
    super(message);
    this.name = 'ControlConnectionError';
  }
}

/** Longest answer read: a snapshot holds a whole account. */
const MAX_BODY = 67_108_864;

/**
 * Connects to a control API, and asks which acts it offers.
 *
 * @throws BaseUrlError for an address that is none, ControlConnectionError when nothing there answers as a control API. An
 * act throws ControlError when it is refused, ControlConnectionError when it got no answer.
 */
export async function connectControl({ url, token, ...options }: ControlAddress): Promise<RemoteControl> {
  const { send, close } = createTransport({ maxBodyBytes: MAX_BODY, ...options, baseUrl: url });
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  const ask = (method: string, path: string, json?: Json): Promise<HttpResponse> => {
    const typed = { ...headers, 'content-type': 'application/json' };
    return send(json === undefined ? { method, path, headers } : { method, path, headers: typed, json });
  };
  const call = async (name: ControlActName, given: Json | undefined): Promise<unknown> => {
    const { method } = controlActs[name];
    return resultOf(await ask(method, `/${name}`, method === 'POST' ? given : undefined), `${url}/${name}`);
  };
  try {
    const acts = offeredBy(await ask('GET', ''), url);
    const control: Control = Object.fromEntries(acts.map(name => [name, (given?: Json) => call(name, given)]));
    return { control, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function offeredBy({ status, json, failure }: HttpResponse, url: string): readonly ControlActName[] {
  if (failure) throw new ControlConnectionError(`${url} does not answer: ${failure.message}`);
  if (status === 401) throw new ControlConnectionError(`the control API at ${url} does not take this token`);
  const acts = status === 200 && isObject(json) ? json['acts'] : undefined;
  if (!Array.isArray(acts)) {
    throw new ControlConnectionError(`there is no control API at ${url}: it answered ${status} and no list of acts`);
  }
  const names = acts.flatMap(one => (isObject(one) && typeof one['name'] === 'string' ? [one['name']] : []));
  return names.filter(isControlAct);
}

function resultOf({ status = 0, json, failure }: HttpResponse, url: string): unknown {
  if (failure) throw new ControlConnectionError(`${url} does not answer: ${failure.message}`);
  if (status === 204) return undefined;
  if (status === 200) return json;
  const said = isObject(json) ? json : {};
  const { message, rule } = said;
  if (typeof message !== 'string') throw new ControlConnectionError(`${url} answered ${status}, and not why`);
  throw new ControlError(status, message, typeof rule === 'string' ? rule : undefined);
}
