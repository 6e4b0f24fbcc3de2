from oracle import fail, new_loop, run_once, say, scenario


def broken(loop, context):
    raise ValueError


def default_of(loop, then):
    def default(context):
        say('default:', context.get('exception'), 'context' in context)
        then()

    loop.default_exception_handler = default


@scenario
def default_handler_is_told_where_none_is_set():
    loop = new_loop()
    default_of(loop, lambda: None)
    loop.call_soon(fail)
    run_once(loop)


@scenario
def default_handler_is_told_of_a_broken_one():
    loop = new_loop()
    default_of(loop, lambda: None)
    loop.set_exception_handler(broken)
    loop.call_soon(fail)
    loop.call_soon(say, 'next')
    run_once(loop)


@scenario
def broken_default_handler_does_no_harm():
    loop = new_loop()
    default_of(loop, fail)
    loop.call_soon(fail)
    loop.call_soon(say, 'next')
    run_once(loop)


@scenario
def both_handlers_broken_do_no_harm():
    loop = new_loop()
    default_of(loop, fail)
    loop.set_exception_handler(broken)
    loop.call_soon(fail)
    loop.call_soon(say, 'next')
    run_once(loop)
