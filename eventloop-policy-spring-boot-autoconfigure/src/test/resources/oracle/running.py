from oracle import Fatal, Oops, attempt, new_loop, run_once, say, scenario


async def value():
    return 'result'


async def error():
    raise Oops


@scenario
def stop_lets_the_batch_end():
    loop = new_loop()

    def batch():
        say('batch')
        loop.call_soon(say, 'next run')

    loop.call_soon(loop.stop)
    loop.call_soon(batch)
    loop.run_forever()
    say('stopped')
    run_once(loop)


@scenario
def stop_before_the_run_makes_one_pass():
    loop = new_loop()
    loop.call_soon(lambda: loop.call_soon(say, 'second pass'))
    loop.call_soon(say, 'first pass')
    loop.stop()
    loop.run_forever()
    say('ended')


@scenario
def stopping_twice_is_stopping_once():
    loop = new_loop()
    loop.stop()
    loop.stop()
    loop.run_forever()
    loop.call_soon(lambda: loop.call_soon(loop.stop))
    loop.run_forever()
    say('ran until stopped')


@scenario
def stopped_loop_runs_again():
    loop = new_loop()
    for number in range(3):
        loop.call_soon(say, 'run', number)
        loop.call_soon(loop.stop)
        loop.run_forever()


@scenario
def is_running_during_a_run_alone():
    loop = new_loop()
    say(loop.is_running())
    loop.call_soon(lambda: say(loop.is_running()))
    run_once(loop)
    say(loop.is_running())


@scenario
def running_the_running_loop_is_refused():
    loop = new_loop()
    loop.call_soon(lambda: attempt('run_forever', loop.run_forever))
    loop.call_soon(lambda: attempt('run_until_complete', lambda: loop.run_until_complete(loop.create_future())))
    run_once(loop)
    say(loop.is_running())


@scenario
def running_another_loop_inside_is_refused():
    loop = new_loop()
    other = new_loop()
    other.call_soon(say, 'never')
    loop.call_soon(lambda: attempt('run_forever', other.run_forever))
    loop.call_soon(lambda: attempt('run_until_complete', lambda: other.run_until_complete(other.create_future())))
    run_once(loop)
    say(other.is_running())


@scenario
def closing_the_running_loop_is_refused():
    loop = new_loop()
    loop.call_soon(lambda: attempt('close', loop.close))
    loop.call_soon(say, 'goes on')
    run_once(loop)
    say(loop.is_closed())


@scenario
def closing_twice_is_closing_once():
    loop = new_loop()
    loop.call_soon(say, 'dropped')
    say(loop.is_closed())
    loop.close()
    loop.close()
    say(loop.is_closed(), loop.is_running())


@scenario
def running_a_closed_loop_is_refused():
    loop = new_loop()
    future = loop.create_future()
    loop.close()
    attempt('run_forever', loop.run_forever)
    attempt('run_until_complete', lambda: loop.run_until_complete(future))


@scenario
def run_until_complete_gives_the_result():
    loop = new_loop()
    attempt('task', lambda: loop.run_until_complete(value()))
    future = loop.create_future()
    loop.call_soon(future.set_result, 'set')
    attempt('future', lambda: loop.run_until_complete(future))
    attempt('again', lambda: loop.run_until_complete(future))


@scenario
def run_until_complete_rethrows():
    loop = new_loop()
    attempt('task', lambda: loop.run_until_complete(error()))
    future = loop.create_future()
    loop.call_soon(future.set_exception, Oops())
    attempt('future', lambda: loop.run_until_complete(future))
    say(loop.is_running())


@scenario
def run_until_complete_of_a_cancelled_future():
    loop = new_loop()
    future = loop.create_future()
    loop.call_soon(future.cancel)
    attempt('future', lambda: loop.run_until_complete(future))


@scenario
def run_until_complete_is_stopped():
    loop = new_loop()
    loop.call_soon(loop.stop)
    future = loop.create_future()
    attempt('first', lambda: loop.run_until_complete(future))
    loop.call_soon(future.set_result, 'done')
    attempt('second', lambda: loop.run_until_complete(future))


@scenario
def run_until_complete_refuses_a_future_of_another_loop():
    loop = new_loop()
    future = new_loop().create_future()
    attempt('foreign', lambda: loop.run_until_complete(future))


@scenario
def run_until_complete_leaves_no_stop_behind():
    loop = new_loop()
    loop.run_until_complete(value())
    loop.call_soon(lambda: loop.call_soon(lambda: loop.call_soon(loop.stop)))
    loop.call_soon(lambda: loop.call_soon(say, 'second pass'))
    loop.run_forever()


@scenario
def fatal_error_leaves_the_loop():
    loop = new_loop()

    def fatal():
        raise Fatal

    loop.call_soon(fatal)
    loop.call_soon(say, 'behind it')
    attempt('run_forever', loop.run_forever)
    say(loop.is_running(), loop.is_closed())
    run_once(loop)


@scenario
def fatal_error_leaves_no_stop_behind():
    loop = new_loop()

    def fatal():
        raise Fatal

    loop.call_soon(fatal)
    future = loop.create_future()
    attempt('run_until_complete', lambda: loop.run_until_complete(future))
    future.set_result(None)
    loop.call_soon(lambda: loop.call_soon(lambda: loop.call_soon(say, 'third pass')))
    loop.call_soon(lambda: loop.call_soon(lambda: loop.call_soon(loop.stop)))
    loop.run_forever()
