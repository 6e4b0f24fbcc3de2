import { getJson } from './api.js';
import { duration } from './format.js';

const POINTS = 90;

const rows = document.getElementById('instances');
const template = document.getElementById('instance-template');
const series = { throughput: [], queue: [], lag: [] };
let own = null;

/** Returns the name of the instance that serves this page. */
export const self = () => own;

function state(instance) {
  if (!instance.alive) {
    return 'Not responding';
  }
  return instance.draining ? 'Draining' : 'Alive';
}

function show(instances) {
  rows.replaceChildren(...instances.map((instance) => {
    const row = template.content.firstElementChild.cloneNode(true);
    row.querySelector('.instance-name').textContent = instance.name;
    row.querySelector('.instance-state').textContent = state(instance);
    row.querySelector('.instance-running').textContent = `${instance.running} of ${instance.capacity}`;
    row.querySelector('.instance-since').textContent = duration(Math.max(0, Date.now() - Date.parse(instance.since)));
    return row;
  }));
}

/** Draws the latest values as a line, the largest at the top. */
function draw(name, value, text) {
  const points = series[name];
  points.push(value);
  if (points.length > POINTS) {
    points.shift();
  }
  const largest = Math.max(...points, 1e-9);
  const line = points.map((point, index) => `${(index * 100) / (POINTS - 1)},${30 - (28 * point) / largest}`);
  document.querySelector(`#chart-${name} polyline`).setAttribute('points', line.join(' '));
  document.querySelector(`#chart-${name} output`).textContent = text;
}

async function lag() {
  try {
    const metric = await getJson('actuator/metrics/eventloop.lag');
    return 1000 * (metric.measurements.find((measurement) => measurement.statistic === 'MAX')?.value ?? 0);
  } catch {
    return 0;
  }
}

export async function refreshCluster() {
  try {
    const cluster = await getJson('instances');
    own = cluster.self;
    show(cluster.instances);
    draw('throughput', cluster.throughput, `${cluster.throughput.toFixed(1)} jobs/s`);
    const length = cluster.queue.reduce((sum, command) => sum + command.length, 0);
    const oldest = Math.max(0, ...cluster.queue.map((command) => command.oldestMillis));
    draw('queue', length, length > 0 ? `${length}, oldest ${duration(oldest)}` : '0');
    const millis = await lag();
    draw('lag', millis, `${millis.toFixed(1)} ms`);
  } catch {
    // The next refresh asks again
  }
}
