import os
import signal

from oracle import attempt, new_loop, run_once, say, scenario


def raise_it():
    os.kill(os.getpid(), signal.SIGUSR1)


@scenario
def signal_is_told_on_the_loop():
    loop = new_loop()

    def told():
        say('told', loop.is_running())
        loop.stop()

    loop.add_signal_handler(signal.SIGUSR1, told)
    loop.call_soon(raise_it)
    loop.call_soon(say, 'same pass')
    loop.run_forever()


@scenario
def signal_waits_for_the_next_run():
    loop = new_loop()

    def told():
        say('told')
        loop.stop()

    loop.add_signal_handler(signal.SIGUSR1, told)
    raise_it()
    say('raised')
    loop.run_forever()


@scenario
def adding_again_replaces():
    loop = new_loop()
    loop.add_signal_handler(signal.SIGUSR1, say, 'first')

    def second():
        say('second')
        loop.stop()

    loop.add_signal_handler(signal.SIGUSR1, second)
    loop.call_soon(raise_it)
    loop.run_forever()


@scenario
def removing_tells_whether_there_was_one():
    loop = new_loop()
    say(loop.remove_signal_handler(signal.SIGUSR1))
    loop.add_signal_handler(signal.SIGUSR1, say)
    say(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))


@scenario
def error_of_a_signal_handler_goes_to_the_exception_handler():
    loop = new_loop()

    def broken():
        raise ValueError

    def handler(loop, context):
        say('handler:', context['exception'])
        loop.stop()

    loop.set_exception_handler(handler)
    loop.add_signal_handler(signal.SIGUSR1, broken)
    loop.call_soon(raise_it)
    loop.run_forever()


@scenario
def signal_that_cannot_be_caught_is_refused():
    loop = new_loop()
    attempt('SIGKILL', lambda: loop.add_signal_handler(signal.SIGKILL, say))
    attempt('SIGSTOP', lambda: loop.add_signal_handler(signal.SIGSTOP, say))
    say(loop.remove_signal_handler(signal.SIGKILL))


@scenario
def number_out_of_range_is_refused():
    loop = new_loop()
    attempt('0', lambda: loop.add_signal_handler(0, say))
    attempt('1000', lambda: loop.add_signal_handler(1000, say))


@scenario
def closed_loop_handles_no_signals():
    loop = new_loop()
    loop.add_signal_handler(signal.SIGUSR1, say)
    loop.close()
    attempt('add', lambda: loop.add_signal_handler(signal.SIGUSR1, say))
    say(loop.remove_signal_handler(signal.SIGUSR1))
