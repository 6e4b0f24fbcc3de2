// Node in one case: node_contender.js CASE NAME=VALUE...

'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');

const [caseName, ...rest] = process.argv.slice(2);
const parameters = Object.fromEntries(rest.map((argument) => {
  const equals = argument.indexOf('=');
  return [argument.slice(0, equals), argument.slice(equals + 1)];
}));
const INPUT = Buffer.from(Array.from({ length: 64 * 1024 }, (_, i) => (i * 31 + Math.floor(i / 251)) & 0xff));
let wrong = 0;
const idle = [];

const number = (name) => Number(parameters[name]);
const figure = (name, value, unit) => fs.writeSync(1, `${name} ${value.toFixed(4)} ${unit}\n`);
const now = () => Number(process.hrtime.bigint());
const seconds = (start) => (now() - start) / 1e9;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function field(file, name) {
  const line = fs.readFileSync(file, 'utf8').split('\n').find((each) => each.startsWith(name));
  return Number(line.replace(/\D/g, ''));
}

const threads = () => field('/proc/self/status', 'Threads:');

function memoryKib() {
  global.gc?.();
  return field('/proc/self/smaps_rollup', 'Rss:');
}

function cpu() {
  const statistics = fs.readFileSync('/proc/self/stat', 'utf8');
  const fields = statistics.slice(statistics.lastIndexOf(')') + 2).split(' ').slice(11, 15);
  return fields.reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

function check(right) {
  if (!right) {
    wrong++;
  }
}

// Children

function inherited(program) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => {
      check(code === (program === '/bin/false' ? 1 : 0));
      resolve();
    });
  });
}

function pipes(program, input) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, []);
    const chunks = [];
    child.on('error', reject);
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.resume();
    child.stdin.end(input);
    child.on('close', (code) => {
      check(code === 0 && Buffer.concat(chunks).equals(input ?? Buffer.alloc(0)));
      resolve();
    });
  });
}

async function inTurn(run, program, count, input) {
  for (let i = 0; i < count; i++) {
    await run(program, input);
  }
}

async function secondsOf(run, program, count, input) {
  const start = now();
  await inTurn(run, program, count, input);
  return seconds(start);
}

async function measure(run, program, input) {
  await inTurn(run, program, number('warmup'), input);
  figure('rate', number('count') / await secondsOf(run, program, number('count'), input), '1/s');
}

async function runAtOnce(count, inFlight) {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      await inherited(next++ % 2 ? '/bin/false' : '/bin/true');
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

async function atOnce() {
  await runAtOnce(number('warmup'), number('inflight'));
  const used = cpu();
  const start = now();
  await runAtOnce(number('count'), number('inflight'));
  figure('rate', number('count') / seconds(start), '1/s');
  figure('cpu', (cpu() - used) / number('count') * 1e6, 'µs');
}

function startIdle(count) {
  for (let i = 0; i < count; i++) {
    const child = spawn('/bin/sleep', ['600'], { stdio: 'inherit' });
    idle.push({ child, exit: new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal))) });
  }
}

async function killIdle() {
  idle.forEach(({ child }) => child.kill('SIGKILL'));
  (await Promise.all(idle.map(({ exit }) => exit))).forEach((signal) => check(signal === 'SIGKILL'));
  idle.length = 0;
}

async function besideIdle() {
  const count = number('count');
  await inTurn(inherited, '/bin/true', number('warmup'));
  const alone = await secondsOf(inherited, '/bin/true', count);
  const memory = memoryKib();
  const before = threads();
  startIdle(number('alive'));
  figure('threads', threads() - before, 'threads');
  figure('memory', (memoryKib() - memory) / number('alive'), 'KiB');
  const beside = await secondsOf(inherited, '/bin/true', count);
  figure('rate', count / beside, '1/s');
  figure('slower', beside / alone, '×');
  await killIdle();
}

async function massExit() {
  for (let i = 0; i < number('warmups'); i++) {
    startIdle(number('warmup'));
    await killIdle();
  }
  startIdle(number('alive'));
  const start = now();
  await killIdle();
  figure('time', seconds(start) * 1e3, 'ms');
}

function outputOf(program, ...words) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['inherit', 'pipe', 'inherit'] });
    let length = 0;
    child.on('error', reject);
    child.stdout.on('data', (chunk) => { length += chunk.length; });
    child.on('close', (code) => {
      check(code === 0);
      resolve(length);
    });
  });
}

async function readOutput(megabytes) {
  check(await outputOf('/bin/dd', 'if=/dev/zero', 'bs=1000000', `count=${megabytes}`, 'status=none') === megabytes * 1e6);
}

async function stream() {
  await readOutput(number('warmup'));
  const start = now();
  await readOutput(number('megabytes'));
  figure('rate', number('megabytes') / seconds(start), 'MB/s');
}

async function readAtOnce(times) {
  for (let i = 0; i < times; i++) {
    const outputs = Array.from({ length: number('children') },
      () => outputOf('/bin/dd', 'if=/dev/zero', 'bs=65536', 'count=1', 'status=none'));
    (await Promise.all(outputs)).forEach((length) => check(length === 65536));
  }
}

async function outputsAtOnce() {
  await readAtOnce(number('warmup'));
  const start = now();
  await readAtOnce(number('count'));
  figure('time', seconds(start) / number('count') * 1e3, 'ms');
}

// Loops

function timedRun(milliseconds, begin) {
  return new Promise((resolve) => {
    const run = { count: 0 };
    const start = now();
    run.ended = () => {
      const elapsed = seconds(start);
      if (elapsed >= milliseconds / 1e3) {
        resolve(run.count / elapsed);
        return true;
      }
      return false;
    };
    begin(run);
  });
}

function batches(run, fresh) {
  const add = () => { run.count++; };
  const next = () => {
    if (run.count && run.ended()) {
      return;
    }
    for (let i = 0; i < 1000; i++) {
      setImmediate(fresh ? () => { run.count += 1 + (i >>> 30); } : add);
    }
    setImmediate(next);
  };
  next();
}

function chain(run, fresh) {
  const next = () => {
    run.count++;
    if (run.count % 1024 !== 0 || !run.ended()) {
      setImmediate(fresh ? () => next() : next);
    }
  };
  next();
}

async function callbacks() {
  for (const [name, begin] of [['batch', batches], ['chain', chain]]) {
    for (const fresh of [false, true]) {
      await timedRun(number('warmup'), (run) => begin(run, fresh));
      figure(fresh ? `${name}-fresh` : name, await timedRun(number('ms'), (run) => begin(run, fresh)), '1/s');
    }
  }
}

async function runTimers(count, milliseconds) {
  const late = [];
  const timers = [];
  for (let i = 0; i < count; i++) {
    const delay = Math.random() * milliseconds;
    const due = performance.now() + delay;
    timers.push(setTimeout(() => late.push(performance.now() - due), delay));
  }
  for (let i = 0; i < count; i += 2) {
    clearTimeout(timers[i]);
  }
  await sleep(milliseconds * 1.1);
  return late.sort((left, right) => left - right);
}

async function timers() {
  for (let i = 0; i < number('warmups'); i++) {
    await runTimers(number('count'), number('warmup'));
  }
  const used = cpu();
  const late = await runTimers(number('count'), number('ms'));
  figure('cpu', cpu() - used, 's');
  figure('late', late[Math.floor(late.length * 0.99)], 'ms');
  check(late.length === number('count') / 2);
}

// Network

function echo() {
  const server = net.createServer({ noDelay: true }, (socket) => socket.on('data', (data) => socket.write(data)));
  server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
  return new Promise(() => {});
}

const CASES = {
  A: () => measure(inherited, parameters.program),
  A0: () => measure(inherited, parameters.program),
  A3: () => measure(pipes, '/bin/true'),
  B: atOnce,
  C: besideIdle,
  mass: massExit,
  D: () => measure(pipes, '/bin/cat', INPUT),
  S1: stream,
  S3: outputsAtOnce,
  E: callbacks,
  G2: timers,
  H: echo,
  H2: echo,
};

function first() {
  const start = now();
  const child = spawn('/bin/echo', ['hello'], { stdio: ['inherit', 'pipe', 'inherit'] });
  child.stdout.resume();
  child.on('close', () => console.log(Math.round(seconds(start) * 1e6)));
}

if (caseName === 'first') {
  first();
} else {
  CASES[caseName]().then(() => {
    figure('wrong', wrong, 'results');
    process.exit(0);
  });
}
