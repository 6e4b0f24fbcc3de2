import { cancel } from './api.js';
import { self } from './cluster.js';
import { bytes, duration } from './format.js';

const LABELS = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  LOST: 'Lost',
};

const PREVIEW = 1024;
const MAX_SHOWN = 100;

const list = document.getElementById('jobs');
const template = document.getElementById('job-template');
const empty = document.getElementById('empty');
const older = document.getElementById('older');
const count = document.getElementById('jobs-count');
const announcement = document.getElementById('announcement');
const items = new Map();

const isFinal = (job) => job.state !== 'QUEUED' && job.state !== 'RUNNING';

/** Starts over, with the jobs that there are now. */
export function showJobs(jobs) {
  [...items.keys()].forEach(removeJob);
  older.hidden = true;
  jobs.forEach(showJob);
  showCount();
}

export function showJob(job) {
  let item = items.get(job.id);
  const before = item?.dataset.state;
  if (!item) {
    item = create(job);
  }
  update(item, job);
  hideOld();
  if (before && before !== job.state) {
    announcement.textContent = `Job ${job.id}, ${job.command}: ${LABELS[job.state]}`;
  }
}

/** Keeps unfinished jobs and the latest finished ones. */
function hideOld() {
  if (items.size > MAX_SHOWN) {
    const old = list.querySelectorAll('.over');
    if (old.length > 0) {
      removeJob(Number(old[old.length - 1].dataset.id));
      older.hidden = false;
    }
  }
}

export function removeJob(id) {
  items.get(id)?.remove();
  items.delete(id);
  showCount();
}

function showCount() {
  empty.hidden = items.size > 0;
  count.textContent = items.size > 0 ? items.size : '';
}

/** Newest first, in whatever order jobs arrive. */
function create(job) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.dataset.id = job.id;
  item.querySelector('.job-id').textContent = `#${job.id}`;
  item.querySelector('.job-command').textContent = job.command;
  const button = item.querySelector('.cancel');
  button.addEventListener('click', () => askToEnd(button, job.id));
  const download = item.querySelector('.download');
  download.href = `jobs/${job.id}/output`;
  download.setAttribute('aria-label', `Download the output of job ${job.id}`);
  const errors = item.querySelector('.errors');
  errors.href = `jobs/${job.id}/errors`;
  errors.setAttribute('aria-label', `Show the errors of job ${job.id}`);
  list.insertBefore(item, [...list.children].find((other) => Number(other.dataset.id) < job.id) ?? null);
  items.set(job.id, item);
  showCount();
  return item;
}

/** Cancels a job, or removes a finished one. */
async function askToEnd(button, id) {
  const verb = button.textContent;
  button.disabled = true;
  button.textContent = verb === 'Remove' ? 'Removing' : 'Cancelling';
  try {
    await cancel(id);
  } catch {
    showVerb(button, verb, id);
  }
}

function showVerb(button, verb, id) {
  button.disabled = false;
  button.textContent = verb;
  button.setAttribute('aria-label', `${verb} job ${id}`);
}

function update(item, job) {
  const over = isFinal(job);
  if (!item.dataset.state || over !== item.classList.contains('over')) {
    showVerb(item.querySelector('.cancel'), over ? 'Remove' : 'Cancel', job.id);
  }
  item.dataset.state = job.state;
  // Process numbers of other instances say nothing here
  item.dataset.pid = job.instance === self() ? (job.pid ?? '') : '';
  item.classList.toggle('over', over);
  item.querySelector('.badge').textContent = LABELS[job.state];
  item.querySelector('.download').hidden = job.bytesOut === 0;
  item.querySelector('.errors').hidden = !(over && job.errors);
  item.querySelector('.job-facts').textContent = facts(job);
  if (!job.pid) {
    showText(item.querySelector('.job-tree'), null);
  }
  showProgress(item.querySelector('.job-progress'), job);
  showText(item.querySelector('.job-reason'), job.reason);
  showText(item.querySelector('.job-output'), job.output);
  showText(item.querySelector('.job-note'), note(job));
  showText(item.querySelector('.job-errors'), job.errors?.trim());
}

function facts(job) {
  const parts = [];
  if (job.expectedBytes && !isFinal(job)) {
    parts.push(`${bytes(job.bytesIn)} of ${bytes(job.expectedBytes)} in`);
  } else if (job.bytesIn > 0) {
    parts.push(`${bytes(job.bytesIn)} in`);
  }
  if (job.bytesOut > 0) {
    parts.push(`${bytes(job.bytesOut)} out`);
  }
  if (job.durationMillis !== null) {
    parts.push(duration(job.durationMillis));
  }
  if (job.returnCode) {
    parts.push(job.returnCode > 0 ? `exit code ${job.returnCode}` : `signal ${-job.returnCode}`);
  }
  if (job.instance) {
    parts.push(`on ${job.instance}`);
  }
  if (job.attempt) {
    parts.push(`attempt ${job.attempt}`);
  }
  return parts.join(' · ');
}

/** Shows how many processes each running job has, and their memory. */
export function showTrees(trees) {
  items.forEach((item) => {
    const tree = trees.get(item.dataset.pid);
    const processes = tree?.size === 1 ? '1 process' : `${tree?.size} processes`;
    showText(item.querySelector('.job-tree'), tree ? `${processes} · ${bytes(tree.memory)} of memory` : null);
  });
}

/** Describes what the preview leaves out. */
function note(job) {
  if (!isFinal(job) || job.bytesOut === 0) {
    return null;
  }
  if (!job.output) {
    return 'The output is not text. Download it to see it.';
  }
  return job.bytesOut > PREVIEW ? `The first part of ${bytes(job.bytesOut)}.` : null;
}

/** Shows how much of the body the command has read; how much work remains is unknown. */
function showProgress(progress, job) {
  progress.hidden = isFinal(job);
  if (job.state === 'RUNNING' && job.expectedBytes > 0 && job.bytesIn < job.expectedBytes) {
    progress.max = job.expectedBytes;
    progress.value = job.bytesIn;
  } else {
    progress.removeAttribute('value');
  }
  progress.setAttribute('aria-label', `Progress of job ${job.id}`);
}

function showText(element, text) {
  element.hidden = !text;
  element.textContent = text ?? '';
}
