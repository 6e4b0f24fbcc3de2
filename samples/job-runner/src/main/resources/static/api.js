/** Fetches JSON from the service; throws an Error with a readable message. */
export async function getJson(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) {
    throw new Error(await explain(response));
  }
  return response.status === 204 || response.status === 202 ? null : response.json();
}

async function explain(response) {
  try {
    const problem = await response.json();
    return `${problem.title}. ${problem.detail ?? ''}`;
  } catch {
    return `The server answered ${response.status}.`;
  }
}

export function submit(command, body) {
  return getJson(`jobs?command=${encodeURIComponent(command)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body,
  });
}

export function cancel(id) {
  return getJson(`jobs/${id}`, { method: 'DELETE' });
}
