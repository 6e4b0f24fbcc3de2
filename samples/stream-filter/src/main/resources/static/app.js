const PREVIEW = 4096;

const element = (id) => document.getElementById(id);
const form = element('form');
const filter = element('filter');
const file = element('file');
const run = element('run');
const stop = element('stop');
const status = element('status');
const problem = element('problem');
const download = element('download');
const preview = element('preview');

function bytes(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  let value = count;
  for (; value >= 1024 && unit < units.length - 1; unit += 1) {
    value /= 1024;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

function show(target, text) {
  target.hidden = !text;
  target.textContent = text ?? '';
}

async function explain(response) {
  try {
    const details = await response.json();
    return `${details.title}. ${details.detail ?? ''}`;
  } catch {
    return `The service answered ${response.status}.`;
  }
}

/** Collects a response, and shows how much has come. */
async function collect(response, size) {
  const chunks = [];
  let count = 0;
  try {
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) {
        return { blob: new Blob(chunks), count };
      }
      chunks.push(value);
      count += value.length;
      status.textContent = `${bytes(size)} to send, ${bytes(count)} back so far`;
    }
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Error(`The response broke off after ${bytes(count)}: the filter failed, or the connection was lost.`);
  }
}

/** Shows the first part of what is text. */
async function showPreview(blob) {
  const start = new Uint8Array(await blob.slice(0, PREVIEW).arrayBuffer());
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    show(preview, text.includes('\0') ? null : text);
  } catch {
    show(preview, null);
  }
}

function reset() {
  URL.revokeObjectURL(download.href);
  download.removeAttribute('href');
  download.hidden = true;
  show(problem, null);
  show(preview, null);
}

async function send(name, body, signal) {
  const response = await fetch(`filter/${encodeURIComponent(name)}`, { method: 'POST', body, signal });
  if (!response.ok) {
    throw new Error(await explain(response));
  }
  const { blob, count } = await collect(response, body.size);
  status.textContent = `${bytes(body.size)} sent, ${bytes(count)} back`;
  download.href = URL.createObjectURL(blob);
  download.download = `${body.name}.${name}`;
  download.hidden = false;
  await showPreview(blob);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  reset();
  const abort = new AbortController();
  stop.onclick = () => abort.abort();
  run.disabled = true;
  stop.disabled = false;
  status.textContent = 'Sending';
  try {
    await send(filter.value, file.files[0], abort.signal);
  } catch (error) {
    status.textContent = error.name === 'AbortError' ? 'Stopped; the command was ended.' : '';
    show(problem, error.name === 'AbortError' ? null : error.message);
  } finally {
    run.disabled = false;
    stop.disabled = true;
  }
});

try {
  const names = await (await fetch('filters')).json();
  filter.replaceChildren(...names.map((name) => new Option(name, name)));
} catch {
  show(problem, 'The service is not responding. Reload the page once it is.');
}
