import { servers } from './api.js';
import { offer } from './calls.js';
import { onChange, showServers } from './servers.js';

const INTERVAL = 1000;
const RESTART_INTERVAL = 200;
const OVER = new Set(['FAILED', 'STOPPED']);

const connection = document.getElementById('connection');
const gone = document.getElementById('gone');
let timer;

function showConnection(state, text) {
  if (connection.dataset.state !== state) {
    connection.dataset.state = state;
    connection.textContent = text;
    gone.hidden = state !== 'gone';
    document.body.classList.toggle('stale', state === 'gone');
  }
}

/** Asks often while a server is started again. */
async function refresh() {
  clearTimeout(timer);
  let interval = INTERVAL;
  try {
    const all = await servers();
    showServers(all);
    showConnection('live', 'Live');
    offer(all);
    if (all.some((server) => server.pid === null && !OVER.has(server.state))) {
      interval = RESTART_INTERVAL;
    }
  } catch {
    showConnection('gone', 'Offline');
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, interval);
}

onChange(refresh);
refresh();
