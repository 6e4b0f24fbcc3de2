import concurrent.futures
import threading

from oracle import attempt, fail, new_loop, run_once, say, scenario


@scenario
def result_of_the_default_executor_arrives_on_the_loop():
    loop = new_loop()
    thread = threading.current_thread()

    async def work():
        say('on the loop', threading.current_thread() is thread)
        elsewhere = await loop.run_in_executor(None, threading.current_thread)
        say('on the loop', elsewhere is thread)
        say('on the loop', threading.current_thread() is thread)

    loop.run_until_complete(work())


@scenario
def work_that_fails():
    loop = new_loop()
    attempt('work', lambda: loop.run_until_complete(loop.run_in_executor(None, fail)))


@scenario
def executor_of_the_callers():
    loop = new_loop()
    with concurrent.futures.ThreadPoolExecutor(1, 'mine') as executor:
        name = loop.run_until_complete(loop.run_in_executor(executor, lambda: threading.current_thread().name))
    say(name.startswith('mine'))


@scenario
def default_executor_that_was_set():
    loop = new_loop()
    executor = concurrent.futures.ThreadPoolExecutor(1, 'mine')
    loop.set_default_executor(executor)
    name = loop.run_until_complete(loop.run_in_executor(None, lambda: threading.current_thread().name))
    say(name.startswith('mine'))
    loop.close()
    say(executor._shutdown)


@scenario
def work_cancelled_before_it_begins_never_runs():
    loop = new_loop()
    gate = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(1) as executor:
        first = loop.run_in_executor(executor, gate.wait)
        second = loop.run_in_executor(executor, say, 'never')
        say(second.cancel())
        run_once(loop)
        gate.set()
        loop.run_until_complete(first)
    say(second.cancelled())


@scenario
def default_executor_shut_down_takes_no_more():
    loop = new_loop()
    loop.run_until_complete(loop.run_in_executor(None, say, 'work'))
    loop.run_until_complete(loop.shutdown_default_executor())
    attempt('run_in_executor', lambda: loop.run_in_executor(None, say, 'never'))


@scenario
def shutdown_waits_for_work():
    loop = new_loop()
    gate = threading.Event()

    def work():
        gate.wait()
        say('work ends')

    loop.run_in_executor(None, work)
    loop.call_soon(gate.set)
    loop.run_until_complete(loop.shutdown_default_executor())
    say('shut down')
