import { getJson } from './api.js';

async function metric(name) {
  return getJson(`actuator/metrics/${name}`);
}

function value(metric) {
  return Math.round(metric.measurements[0].value);
}

function show(id, text) {
  document.getElementById(`meter-${id}`).textContent = text;
}

async function refresh(id, name) {
  try {
    show(id, value(await metric(name)));
  } catch {
    show(id, '–');
  }
}

/** The watcher's name is the tag of the meter that counts its children. */
async function refreshActive() {
  try {
    const active = await metric('eventloop.children.active');
    show('active', value(active));
    const watcher = active.availableTags.find((tag) => tag.tag === 'watcher');
    show('watcher', watcher ? watcher.values.join(', ') : '–');
  } catch {
    show('active', '–');
  }
}

export function refreshMeters() {
  return Promise.all([
    refresh('loops', 'eventloop.loops'),
    refresh('spawned', 'eventloop.children.spawned'),
    refresh('reaped', 'eventloop.children.reaped'),
    refreshActive(),
  ]);
}
