// Guards of the requests to the model: which models, and how many requests.
import { apiRefusal } from './decision.mjs';

/** The API itself takes no more than this. */
const MAX_BODY = 32 << 20;

/** All bodies that are looked into at a time, so that agents can't fill the gateway's memory. */
const MAX_BODIES = 64 << 20;

let held = 0;

/** By this status the CLI ends at once and shows the message as it is. For 403 it speaks of a failed login, after 429 it tries again. */
const STATUS = 400;

function guarded(agent, code, message) {
  return apiRefusal(agent, code, STATUS, message, 'invalid_request_error');
}

/** Counts and limits an agent's requests to the model over the gateway's life. */
export class RequestCounter {
  #requests = 0;

  /** Returns the refusal if the limit is reached, else counts this one and returns undefined. */
  take(agent) {
    const { maxRequests } = agent.policy;
    if (maxRequests !== undefined && this.#requests >= maxRequests) {
      return guarded(agent, 'maxRequests', `its <maxRequests> of ${maxRequests} is reached`);
    }
    this.#requests++;
    return undefined;
  }
}

/** Returns the refusal of a request whose body does not name an allowed model, or undefined. */
export async function judgeModel(agent, request) {
  const { models } = agent.policy;
  if (models === undefined) {
    return undefined;
  }
  const encoding = request.headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') {
    return guarded(agent, 'models', 'with <models>, a request may not be compressed');
  }
  const { body, tooLarge } = await readBody(request);
  if (tooLarge) {
    return guarded(agent, 'models', 'with <models>, a request may have 32 MB');
  }
  if (body === undefined) {
    return apiRefusal(agent, 'models', 503, 'too many large requests at a time', 'overloaded_error');
  }
  const named = modelOf(body);
  if (named === undefined) {
    return guarded(agent, 'models', 'with <models>, a request must be a JSON object that names one model');
  }
  return models.some(model => matches(model, named))
    ? undefined
    : guarded(agent, 'models', `model ${printable(named)} is not in <models> (${models.join(', ')})`);
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.length;
      held += chunk.length;
      if (size > MAX_BODY || held > MAX_BODIES) {
        return { tooLarge: size > MAX_BODY };
      }
      chunks.push(chunk);
    }
    return { body: Buffer.concat(chunks).toString('utf8') };
  } finally {
    held -= size;
  }
}

/** Returns the model that a request's body names, or undefined if it is none, or if readers could take it for two. */
export function modelOf(body) {
  let parsed;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  return isObject && typeof parsed.model === 'string' && countMembers(body, 'model') === 1 ? parsed.model : undefined;
}

/**
 * Returns how often the outermost object of a valid JSON text has a member of that name, in any case and spelling: the
 * first, the last or none of several counts, by the reader.
 */
function countMembers(json, name) {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;
  let depth = 0;
  let count = 0;
  let text;
  for (let match = tokens.exec(json); match !== null; match = tokens.exec(json)) {
    const [token] = match;
    if (token === '{' || token === '[') {
      depth++;
    } else if (token === '}' || token === ']') {
      depth--;
    } else if (token === ':' && depth === 1 && JSON.parse(text).toLowerCase() === name) {
      count++;
    }
    text = token[0] === '"' ? token : undefined;
  }
  return count;
}

function matches(pattern, model) {
  return pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : model === pattern;
}

function printable(text) {
  return text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');
}
