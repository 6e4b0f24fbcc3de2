import { call } from './api.js';
import { toolsOf } from './tools.js';

const form = document.getElementById('form');
const serverSelect = document.getElementById('server');
const toolSelect = document.getElementById('tool');
const description = document.getElementById('description');
const parameters = document.getElementById('parameters');
const text = document.getElementById('arguments');
const submit = form.querySelector('[type=submit]');
const problem = document.getElementById('problem');
const result = document.getElementById('result');
const answered = document.getElementById('answered');
const output = document.getElementById('output');

let servers = [];
let tools = [];

/** Offers the servers, and the tools of the first one; keeps what was chosen. */
export function offer(all) {
  const before = servers.map((server) => server.name).join('\n');
  servers = all;
  if (all.map((server) => server.name).join('\n') !== before) {
    const chosen = serverSelect.value;
    serverSelect.replaceChildren(...all.map((server) => new Option(server.name)));
    if (all.some((server) => server.name === chosen)) {
      serverSelect.value = chosen;
    }
  }
  if (tools.length === 0) {
    offerTools();
  }
}

export async function choose(server, tool) {
  serverSelect.value = server;
  await offerTools();
  toolSelect.value = tool;
  showTool();
  text.focus();
}

async function offerTools() {
  const server = servers.find((each) => each.name === serverSelect.value);
  if (!server) {
    return;
  }
  let offered = [];
  try {
    offered = await toolsOf(server);
  } catch {
    // The next refresh asks again
  }
  if (serverSelect.value === server.name) {
    tools = offered;
    toolSelect.replaceChildren(...tools.map((tool) => new Option(tool.name)));
    showTool();
  }
}

function showTool() {
  const tool = tools.find((each) => each.name === toolSelect.value);
  const schema = tool?.inputSchema ?? {};
  const properties = Object.entries(schema.properties ?? {});
  const required = schema.required ?? [];
  description.textContent = tool?.description ?? '';
  text.value = JSON.stringify(Object.fromEntries(properties
    .filter(([name, property]) => required.includes(name) || property.default !== undefined)
    .map(([name, property]) => [name, example(property)])), null, 2);
  parameters.replaceChildren(...properties.map(([name, property]) => parameter(name, property, required.includes(name))));
}

function example(property) {
  if (property.default !== undefined) {
    return property.default;
  }
  if (property.enum) {
    return property.enum[0];
  }
  return { number: 0, integer: 0, boolean: false, array: [], object: {} }[property.type] ?? '';
}

function parameter(name, property, required) {
  const item = document.createElement('li');
  const code = document.createElement('code');
  code.textContent = name;
  const notes = [property.type, required ? 'required' : 'optional', property.description].filter(Boolean);
  item.append(code, ` ${notes.join(', ')}`);
  return item;
}

function showProblem(message) {
  problem.hidden = !message;
  problem.textContent = message ?? '';
}

function part(content) {
  if (content.text !== undefined) {
    return content.text;
  }
  if (content.data !== undefined) {
    return `[${content.mimeType}, ${content.data.length} characters of Base64]`;
  }
  return JSON.stringify(content, null, 2);
}

function showResult(answer) {
  result.hidden = false;
  output.classList.toggle('failed', answer.error);
  output.textContent = answer.content.map(part).join('\n');
  answered.textContent = `${answer.error ? 'An error, answered' : 'Answered'} by generation ${answer.generation}`
    + ` (process ${answer.pid}) in ${answer.millis} ms`;
}

async function run(event) {
  event.preventDefault();
  showProblem(null);
  result.hidden = true;
  const json = text.value.trim() || '{}';
  try {
    JSON.parse(json);
  } catch (error) {
    showProblem(`The arguments are not JSON: ${error.message}`);
    return;
  }
  submit.disabled = true;
  submit.textContent = 'Calling…';
  try {
    showResult(await call(serverSelect.value, toolSelect.value, json));
  } catch (error) {
    showProblem(error instanceof TypeError ? 'The connection to the application was lost.' : error.message);
  } finally {
    submit.disabled = false;
    submit.textContent = 'Call';
  }
}

form.addEventListener('submit', run);
serverSelect.addEventListener('change', offerTools);
toolSelect.addEventListener('change', showTool);
