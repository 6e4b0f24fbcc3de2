import { tools } from './api.js';

const known = new Map();

/** The tools of a server; asked again when it is another process, or the last answer was an error. */
export function toolsOf(server) {
  let entry = known.get(server.name);
  if (!entry || entry.generation !== server.generation) {
    const asked = tools(server.name);
    entry = { generation: server.generation, asked };
    known.set(server.name, entry);
    asked.catch(() => {
      if (known.get(server.name) === entry) {
        known.delete(server.name);
      }
    });
  }
  return entry.asked;
}
