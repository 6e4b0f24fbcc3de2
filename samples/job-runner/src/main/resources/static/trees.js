import { getJson } from './api.js';
import { showTrees } from './jobs.js';

/** Asks for the trees of all children at once. */
export async function refreshTrees() {
  let children = [];
  try {
    children = (await getJson('actuator/eventloop')).children.processes ?? [];
  } catch {
    // The next refresh asks again
  }
  showTrees(new Map(children.map((child) => [String(child.pid), child.tree])));
}
