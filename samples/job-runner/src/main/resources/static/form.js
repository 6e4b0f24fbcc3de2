import { submit } from './api.js';
import { showJob } from './jobs.js';

const form = document.getElementById('form');
const select = document.getElementById('command');
const input = document.getElementById('input');
const text = document.getElementById('text');
const file = document.getElementById('file');
const textInput = document.getElementById('text-input');
const fileInput = document.getElementById('file-input');
const noInput = document.getElementById('no-input');
const sending = document.getElementById('sending');
const problem = document.getElementById('problem');
let commands = new Map();
let underWay = 0;

export function showCommands(offered) {
  const chosen = select.value;
  commands = new Map(offered.map((command) => [command.name, command]));
  select.replaceChildren(...offered.map(option));
  if (commands.has(chosen)) {
    select.value = chosen;
  }
  showInput();
}

function option(command) {
  return new Option(command.description ? `${command.name} – ${command.description}` : command.name, command.name);
}

const kind = () => form.elements.kind.value;
const takesInput = () => commands.get(select.value)?.input ?? true;

function showInput() {
  input.hidden = !takesInput();
  noInput.hidden = takesInput();
  textInput.hidden = kind() !== 'text';
  fileInput.hidden = kind() !== 'file';
}

function body() {
  if (!takesInput()) {
    return null;
  }
  return kind() === 'file' ? file.files[0] : text.value;
}

function showProblem(message) {
  problem.hidden = !message;
  problem.textContent = message ?? '';
}

function showSending(change) {
  underWay += change;
  sending.textContent = underWay > 0 ? `Sending ${underWay === 1 ? 'one job' : `${underWay} jobs`}…` : '';
}

async function run(event) {
  event.preventDefault();
  showProblem(null);
  if (takesInput() && kind() === 'file' && file.files.length === 0) {
    showProblem('Choose a file first.');
    return;
  }
  showSending(1);
  try {
    showJob(await submit(select.value, body()));
  } catch (error) {
    showProblem(error instanceof TypeError ? 'The connection was lost before everything was sent.' : error.message);
  } finally {
    showSending(-1);
  }
}

function drop(event) {
  event.preventDefault();
  fileInput.classList.remove('over');
  if (event.dataTransfer.files.length > 0) {
    file.files = event.dataTransfer.files;
  }
}

form.addEventListener('submit', run);
form.addEventListener('change', showInput);
fileInput.addEventListener('dragover', (event) => {
  event.preventDefault();
  fileInput.classList.add('over');
});
fileInput.addEventListener('dragleave', () => fileInput.classList.remove('over'));
fileInput.addEventListener('drop', drop);
