import { kill, restart } from './api.js';
import { choose } from './calls.js';
import { toolsOf } from './tools.js';

const LABELS = {
  STARTING: 'Starting',
  READY: 'Ready',
  FAILED: 'Failed',
  BACKING_OFF: 'Restarting',
  STOPPED: 'Stopped',
};

const SIGNALS = { 1: 'SIGHUP', 2: 'SIGINT', 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' };

const list = document.getElementById('servers');
const template = document.getElementById('server-template');
const empty = document.getElementById('empty');
const announcement = document.getElementById('announcement');
const items = new Map();
let changed = () => {};

/** Sets what is called when a button has changed something. */
export function onChange(callback) {
  changed = callback;
}

export function showServers(servers) {
  empty.hidden = servers.length > 0;
  servers.forEach((server) => update(items.get(server.name) ?? create(server), server));
}

function create(server) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.dataset.name = server.name;
  item.querySelector('.server-name').textContent = server.name;
  button(item, '.kill', kill, server.name);
  button(item, '.restart', restart, server.name);
  list.append(item);
  items.set(server.name, item);
  return item;
}

function button(item, selector, action, name) {
  const element = item.querySelector(selector);
  element.setAttribute('aria-label', `${element.textContent} server ${name}`);
  element.addEventListener('click', async () => {
    const problem = item.querySelector('.server-problem');
    problem.hidden = true;
    try {
      await action(name);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
    changed();
  });
}

function update(item, server) {
  if (item.dataset.state && item.dataset.state !== server.state) {
    announcement.textContent = `Server ${server.name}: ${LABELS[server.state]}`;
  }
  item.dataset.state = server.state;
  show(item, '.badge', LABELS[server.state]);
  show(item, '.server-title', [server.title, server.version].filter(Boolean).join(' '));
  show(item, '.generation', server.generation);
  show(item, '.pid', server.pid ?? '–');
  show(item, '.restarts', server.restarts);
  show(item, '.since', new Date(server.since).toLocaleTimeString());
  show(item, '.last-exit', exit(server.lastExit));
  item.querySelector('.kill').disabled = server.pid === null;
  if (server.state === 'READY') {
    showTools(item, server);
  }
}

function exit(code) {
  if (code === null) {
    return '–';
  }
  return code < 0 ? SIGNALS[-code] ?? `signal ${-code}` : `code ${code}`;
}

/** Leaves what is the same alone, so that a selection is kept. */
function show(item, selector, value) {
  const element = item.querySelector(selector);
  if (element.textContent !== String(value)) {
    element.textContent = value;
  }
}

async function showTools(item, server) {
  if (item.dataset.tools === String(server.generation)) {
    return;
  }
  try {
    const tools = await toolsOf(server);
    item.dataset.tools = server.generation;
    item.querySelector('.count').textContent = tools.length;
    item.querySelector('.tools').replaceChildren(...tools.map((tool) => toolItem(server, tool)));
  } catch {
    // The next refresh asks again
  }
}

function toolItem(server, tool) {
  const item = document.createElement('li');
  const name = document.createElement('button');
  name.type = 'button';
  name.textContent = tool.name;
  name.addEventListener('click', () => choose(server.name, tool.name));
  const description = document.createElement('p');
  description.className = 'quiet';
  description.textContent = tool.description ?? tool.title ?? '';
  item.append(name, description);
  return item;
}
