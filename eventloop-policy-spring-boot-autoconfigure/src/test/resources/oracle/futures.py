from oracle import Oops, attempt, new_loop, run_once, say, scenario


@scenario
def done_callback_waits_for_the_next_pass():
    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: say('called with', future.result()))
    loop.call_soon(future.set_result, 'result')
    loop.call_soon(say, 'same pass')
    run_once(loop)
    say('next pass')
    run_once(loop)


@scenario
def done_callback_added_late_waits_too():
    loop = new_loop()
    future = loop.create_future()
    future.set_result('result')
    future.add_done_callback(lambda future: say('called with', future.result()))
    say('added')
    run_once(loop)


@scenario
def done_callbacks_of_one_future():
    loop = new_loop()
    future = loop.create_future()
    for number in range(3):
        future.add_done_callback(lambda future, number=number: say(number))
    future.set_result(None)
    run_once(loop)


@scenario
def result_before_it_is_there_is_an_error():
    loop = new_loop()
    future = loop.create_future()

    def callback():
        attempt('before', future.result)
        future.set_result('result')
        attempt('after', future.result)

    loop.call_soon(callback)
    run_once(loop)


@scenario
def future_cancelled_once():
    loop = new_loop()
    future = loop.create_future()
    say(future.done(), future.cancelled())
    say(future.cancel(), future.cancel())
    say(future.done(), future.cancelled())
    attempt('result', future.result)


@scenario
def finished_future_is_not_cancelled():
    loop = new_loop()
    future = loop.create_future()
    future.set_result('result')
    say(future.cancel(), future.done(), future.cancelled())
    attempt('result', future.result)


@scenario
def done_callback_of_a_cancelled_future():
    loop = new_loop()
    future = loop.create_future()
    future.add_done_callback(lambda future: say('cancelled', future.cancelled()))
    future.cancel()
    say('asked')
    run_once(loop)


@scenario
def failed_future_rethrows():
    loop = new_loop()
    future = loop.create_future()
    future.set_exception(Oops())
    attempt('result', future.result)
    say(future.done(), future.cancelled())
