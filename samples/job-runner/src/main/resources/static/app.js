import { getJson } from './api.js';
import { refreshCluster } from './cluster.js';
import { showCommands } from './form.js';
import { removeJob, showJob, showJobs } from './jobs.js';
import { refreshMeters } from './meters.js';
import { refreshTrees } from './trees.js';

const METERS_INTERVAL = 2000;
const RETRY_INTERVAL = 2000;

const connection = document.getElementById('connection');
const gone = document.getElementById('gone');

function showConnection(state, text) {
  connection.dataset.state = state;
  connection.textContent = text;
  gone.hidden = state !== 'gone';
  document.body.classList.toggle('stale', state === 'gone');
}

/** Loads everything, then follows changes. The stream starts with all jobs, so no change is missed. */
async function connect() {
  try {
    showCommands(await getJson('commands'));
    showJobs(await getJson('jobs'));
  } catch {
    reconnect();
    return;
  }
  const events = new EventSource('jobs/events');
  events.addEventListener('open', () => {
    showConnection('live', 'Live');
    refreshMeters();
    refreshCluster();
  });
  events.addEventListener('job', (event) => showJob(JSON.parse(event.data)));
  events.addEventListener('removed', (event) => removeJob(JSON.parse(event.data)));
  events.addEventListener('error', () => {
    events.close();
    reconnect();
  });
}

function reconnect() {
  showConnection('gone', 'Offline');
  setTimeout(connect, RETRY_INTERVAL);
}

async function meter() {
  if (!document.hidden && connection.dataset.state === 'live') {
    await Promise.all([refreshMeters(), refreshTrees(), refreshCluster()]);
  }
  setTimeout(meter, METERS_INTERVAL);
}

connect().then(meter);
