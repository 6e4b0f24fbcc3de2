from oracle import Oops, attempt, fail, new_loop, run_once, say, scenario


def tell(loop, context):
    say('handler:', context.get('exception'), 'handle' in context)


@scenario
def error_goes_to_the_handler_and_the_loop_goes_on():
    loop = new_loop()
    loop.set_exception_handler(tell)
    loop.call_soon(fail)
    loop.call_soon(say, 'next')
    run_once(loop)


@scenario
def error_of_a_timer_goes_to_the_handler():
    loop = new_loop()
    loop.set_exception_handler(tell)
    loop.call_at(loop.time() - 2, fail)
    loop.call_at(loop.time() - 1, say, 'next')
    run_once(loop)


@scenario
def error_goes_to_the_handler_in_order():
    loop = new_loop()
    loop.set_exception_handler(tell)
    for number in range(3):
        loop.call_soon(say, number)
        loop.call_soon(fail)
    run_once(loop)


@scenario
def error_of_a_cancelled_callback_is_none():
    loop = new_loop()
    loop.set_exception_handler(tell)
    loop.call_soon(fail).cancel()
    run_once(loop)
    say('quiet')


@scenario
def broken_handler_does_no_harm():
    loop = new_loop()

    def broken(loop, context):
        tell(loop, context)
        raise ValueError

    loop.set_exception_handler(broken)
    loop.call_soon(fail)
    loop.call_soon(say, 'next')
    run_once(loop)
    loop.call_exception_handler({'message': 'directly', 'exception': Oops()})
    say('not thrown')


@scenario
def handler_is_told_what_the_caller_says():
    loop = new_loop()
    loop.set_exception_handler(lambda loop, context: say(context['message'], context.get('exception'),
                                                         context.get('detail')))
    loop.call_exception_handler({'message': 'with all', 'exception': Oops(), 'detail': 7})
    loop.call_exception_handler({'message': 'with little'})


@scenario
def handler_that_was_set_is_got():
    loop = new_loop()
    say(loop.get_exception_handler())
    loop.set_exception_handler(tell)
    say(loop.get_exception_handler() is tell)
    loop.set_exception_handler(None)
    say(loop.get_exception_handler())


@scenario
def handler_may_schedule_and_stop():
    loop = new_loop()

    def handler(loop, context):
        loop.call_soon(say, 'scheduled by the handler')
        loop.call_soon(loop.stop)

    loop.set_exception_handler(handler)
    loop.call_soon(fail)
    loop.run_forever()


@scenario
def handler_may_replace_itself():
    loop = new_loop()

    def first(loop, context):
        say('first')
        loop.set_exception_handler(lambda loop, context: say('second'))

    loop.set_exception_handler(first)
    loop.call_soon(fail)
    loop.call_soon(fail)
    run_once(loop)
