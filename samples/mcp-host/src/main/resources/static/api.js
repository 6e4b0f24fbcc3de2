/** Fetches JSON from the service; throws an Error with a readable message. */
async function getJson(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) {
    throw new Error(await explain(response));
  }
  return response.status === 202 ? null : response.json();
}

async function explain(response) {
  try {
    const problem = await response.json();
    return `${problem.title}. ${problem.detail ?? ''}`;
  } catch {
    return `The application answered ${response.status}.`;
  }
}

const path = (server, what) => `servers/${encodeURIComponent(server)}/${what}`;

export const servers = () => getJson('servers');

export const tools = (server) => getJson(path(server, 'tools'));

export const kill = (server) => getJson(path(server, 'kill'), { method: 'POST' });

export const restart = (server) => getJson(path(server, 'restart'), { method: 'POST' });

/** The arguments are JSON already. */
export function call(server, tool, json) {
  return getJson(path(server, 'calls'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: `{"tool": ${JSON.stringify(tool)}, "arguments": ${json}}`,
  });
}
