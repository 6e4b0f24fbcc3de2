"""asyncio in one case: asyncio_contender.py WATCHER|uvloop CASE NAME=VALUE..."""

import asyncio
import asyncio.subprocess
import gc
import os
import random
import signal
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore")

WATCHERS = {
    "pidfd": asyncio.PidfdChildWatcher,
    "threaded": asyncio.ThreadedChildWatcher,
    "multi-loop": asyncio.MultiLoopChildWatcher,
    "safe": asyncio.SafeChildWatcher,
    "fast": asyncio.FastChildWatcher,
}
PIPE = asyncio.subprocess.PIPE
INPUT = bytes((i * 31 + i // 251) & 0xFF for i in range(64 * 1024))

watcher, case = sys.argv[1:3]
arguments = dict(argument.split("=", 1) for argument in sys.argv[3:])
wrong = 0
idle = []


def number(name):
    return int(arguments[name])


def numbers(name):
    return [int(part) for part in arguments[name].split(",")]


def figure(name, value, unit):
    print(f"{name} {value:.4f} {unit}", flush=True)


def field(file, name):
    with open(file) as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


def threads():
    return field("/proc/self/status", "Threads:")


def memory_kib():
    gc.collect()
    return field("/proc/self/smaps_rollup", "Rss:")


def cpu():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def check(right):
    global wrong
    if not right:
        wrong += 1


# Children


async def inherited(program):
    child = await asyncio.create_subprocess_exec(program)
    check(await child.wait() == (program == "/bin/false"))


async def pipes(program, data=None):
    child = await asyncio.create_subprocess_exec(program, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    output, _ = await child.communicate(data)
    check(child.returncode == 0 and output == (data or b""))


async def in_turn(run, program, count, *more):
    for _ in range(count):
        await run(program, *more)


async def measure(run, program, *more):
    await in_turn(run, program, number("warmup"), *more)
    count = number("count")
    start = time.perf_counter()
    await in_turn(run, program, count, *more)
    figure("rate", count / (time.perf_counter() - start), "1/s")


async def seconds_of(count):
    start = time.perf_counter()
    await in_turn(inherited, "/bin/true", count)
    return time.perf_counter() - start


async def run_at_once(count, in_flight):
    indexes = iter(range(count))

    async def worker():
        for index in indexes:
            await inherited("/bin/false" if index % 2 else "/bin/true")

    await asyncio.gather(*(worker() for _ in range(in_flight)))


async def at_once():
    count, in_flight = number("count"), number("inflight")
    await run_at_once(number("warmup"), in_flight)
    used, start = cpu(), time.perf_counter()
    await run_at_once(count, in_flight)
    figure("rate", count / (time.perf_counter() - start), "1/s")
    figure("cpu", (cpu() - used) / count * 1e6, "µs")


async def start_idle(count):
    for _ in range(count):
        idle.append(await asyncio.create_subprocess_exec("/bin/sleep", "600"))


async def kill_idle():
    for child in idle:
        child.kill()
    for child in idle:
        check(await child.wait() == -signal.SIGKILL)
    idle.clear()


async def beside_idle():
    count, alive = number("count"), number("alive")
    await in_turn(inherited, "/bin/true", number("warmup"))
    alone, memory, before = await seconds_of(count), memory_kib(), threads()
    await start_idle(alive)
    figure("threads", threads() - before, "threads")
    figure("memory", (memory_kib() - memory) / alive, "KiB")
    beside = await seconds_of(count)
    figure("rate", count / beside, "1/s")
    figure("slower", beside / alone, "×")
    await kill_idle()


async def mass_exit():
    for _ in range(number("warmups")):
        await start_idle(number("warmup"))
        await kill_idle()
    await start_idle(number("alive"))
    start = time.perf_counter()
    await kill_idle()
    figure("time", (time.perf_counter() - start) * 1e3, "ms")


# Loops


class Run:
    """Callbacks that schedule callbacks for a while, and are counted."""

    def __init__(self, milliseconds):
        self.loop = asyncio.get_running_loop()
        self.seconds = milliseconds / 1e3
        self.rate = self.loop.create_future()
        self.count = 0
        self.start = time.perf_counter()

    def ended(self):
        elapsed = time.perf_counter() - self.start
        if elapsed >= self.seconds:
            self.rate.set_result(self.count / elapsed)
        return elapsed >= self.seconds

    def add(self, one=1):
        self.count += one

    def batch(self, fresh):
        if self.count and self.ended():
            return
        for index in range(1000):
            self.loop.call_soon((lambda one=1 + (index >> 30): self.add(one)) if fresh else self.add)
        self.loop.call_soon(self.batch, fresh)

    def chain(self, fresh):
        self.count += 1
        if self.count % 1024 == 0 and self.ended():
            return
        if fresh:
            self.loop.call_soon(lambda: self.chain(True))
        else:
            self.loop.call_soon(self.chain, False)


async def callbacks():
    for name in ("batch", "chain"):
        for fresh in (False, True):
            for milliseconds in (number("warmup"), number("ms")):
                run = Run(milliseconds)
                getattr(run, name)(fresh)
                rate = await run.rate
            figure(name + "-fresh" * fresh, rate, "1/s")


def submit(loop, milliseconds, fresh):
    batch, submitted, start = number("batch"), 0, time.perf_counter()
    ran = threading.Semaphore(0)
    while True:
        for _ in range(batch):
            loop.call_soon_threadsafe((lambda: None) if fresh else int)
        loop.call_soon_threadsafe(ran.release)
        ran.acquire()
        submitted += batch
        elapsed = time.perf_counter() - start
        if elapsed >= milliseconds / 1e3:
            return submitted / elapsed


def submissions(loop):
    for fresh in (False, True):
        submit(loop, number("warmup"), fresh)
        figure("submit" + "-fresh" * fresh, submit(loop, number("ms"), fresh), "1/s")


def median_micros(loop, milliseconds):
    answered = threading.Lock()
    answered.acquire()
    times = []
    before = time.perf_counter()
    end = before + milliseconds / 1e3
    while before < end:
        loop.call_soon_threadsafe(answered.release)
        answered.acquire()
        after = time.perf_counter()
        times.append(after - before)
        before = after
    return sorted(times)[len(times) // 2] * 1e6


def ping(loop):
    median_micros(loop, number("warmup"))
    figure("p50", median_micros(loop, number("ms")), "µs")


async def run_timers(count, milliseconds):
    loop = asyncio.get_running_loop()
    spread, chance, late = milliseconds / 1e3, random.Random(42), []

    def called(due):
        late.append(loop.time() - due)

    timers = []
    for _ in range(count):
        delay = chance.random() * spread
        timers.append(loop.call_later(delay, called, loop.time() + delay))
    for timer in timers[::2]:
        timer.cancel()
    await asyncio.sleep(spread * 1.1)
    return sorted(late)


async def timers():
    count = number("count")
    for _ in range(number("warmups")):
        await run_timers(count, number("warmup"))
    used = cpu()
    late = await run_timers(count, number("ms"))
    figure("cpu", cpu() - used, "s")
    figure("late", late[len(late) * 99 // 100] * 1e3, "ms")
    check(len(late) == count // 2)


async def read_output(megabytes):
    child = await asyncio.create_subprocess_exec(
        "/bin/dd", "if=/dev/zero", "bs=1000000", f"count={megabytes}", "status=none", stdout=PIPE)
    length = 0
    while data := await child.stdout.read(65536):
        length += len(data)
    check(await child.wait() == 0 and length == megabytes * 1_000_000)


async def stream():
    await read_output(number("warmup"))
    megabytes, start = number("megabytes"), time.perf_counter()
    await read_output(megabytes)
    figure("rate", megabytes / (time.perf_counter() - start), "MB/s")


async def output_of_one():
    child = await asyncio.create_subprocess_exec(
        "/bin/dd", "if=/dev/zero", "bs=65536", "count=1", "status=none", stdout=PIPE)
    output, _ = await child.communicate()
    check(child.returncode == 0 and len(output) == 65536)


async def outputs_at_once():
    children, count = number("children"), number("count")
    for _ in range(number("warmup")):
        await asyncio.gather(*(output_of_one() for _ in range(children)))
    start = time.perf_counter()
    for _ in range(count):
        await asyncio.gather(*(output_of_one() for _ in range(children)))
    figure("time", (time.perf_counter() - start) / count * 1e3, "ms")


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def echo(loop):
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def first():
    child = await asyncio.create_subprocess_exec("/bin/echo", "hello", stdout=PIPE)
    return await child.communicate()


async def main():
    loop = asyncio.get_running_loop()
    if case in ("A", "A0"):
        await measure(inherited, arguments["program"])
    elif case == "A3":
        await measure(pipes, "/bin/true")
    elif case == "B":
        await at_once()
    elif case == "C":
        await beside_idle()
    elif case == "mass":
        await mass_exit()
    elif case == "D":
        await measure(pipes, "/bin/cat", INPUT)
    elif case == "S1":
        await stream()
    elif case == "S3":
        await outputs_at_once()
    elif case == "E":
        await callbacks()
    elif case == "F":
        await asyncio.to_thread(submissions, loop)
    elif case == "ping":
        await asyncio.to_thread(ping, loop)
    elif case == "G2":
        await timers()
    elif case in ("H", "H2"):
        await echo(loop)
    else:
        sys.exit(f"No case '{case}'")
    figure("wrong", wrong, "results")


if case == "first":
    start = time.perf_counter()
    asyncio.set_child_watcher(WATCHERS[watcher]())
    asyncio.run(first())
    print(round((time.perf_counter() - start) * 1e6))
elif watcher == "uvloop":
    import uvloop

    uvloop.run(main())
else:
    asyncio.set_child_watcher(WATCHERS[watcher]())
    asyncio.run(main())
