import asyncio
import contextlib
import os
import subprocess

from oracle import attempt, new_loop, run_once, say, scenario

ALL = {
    'threaded': asyncio.ThreadedChildWatcher,
    'pidfd': asyncio.PidfdChildWatcher,
    'multi-loop': asyncio.MultiLoopChildWatcher,
    'safe': asyncio.SafeChildWatcher,
    'fast': asyncio.FastChildWatcher,
}


class Child:

    all = []  # a forgotten Popen reaps its child

    def __init__(self, code=0):
        self.process = subprocess.Popen(['/bin/sh', '-c', f'read line; exit {code}'], stdin=subprocess.PIPE)
        self.all.append(self.process)
        self.pid = self.process.pid

    def end(self):
        self.process.stdin.close()

    def die(self):
        self.end()
        with contextlib.suppress(ChildProcessError):
            os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)

    def kill(self):
        os.kill(self.pid, 9)
        self.process.stdin.close()


def each(script, *names):
    for name in names or ALL:
        loop = new_loop()
        watcher = ALL[name]()
        watcher.attach_loop(loop)
        say(name)
        loop.call_soon(script, loop, watcher)
        loop.run_forever()
        watcher.attach_loop(None)
        watcher.close()


@scenario
def exit_is_told_once():
    def script(loop, watcher):
        with watcher:
            child = Child(7)

            def told(pid, code):
                say('told', pid == child.pid, code)
                loop.call_soon(loop.stop)

            watcher.add_child_handler(child.pid, told)
        say('registered')
        child.end()

    each(script)


@scenario
def death_by_a_signal_is_told():
    def script(loop, watcher):
        with watcher:
            child = Child()

            def told(pid, code):
                say('told', code)
                loop.stop()

            watcher.add_child_handler(child.pid, told)
        child.kill()

    each(script)


@scenario
def child_dead_before_its_registration_is_told():
    def script(loop, watcher):
        with watcher:
            child = Child(3)
            child.die()

            def told(pid, code):
                say('told', code)
                loop.call_soon(loop.stop)

            watcher.add_child_handler(child.pid, told)

    each(script)


@scenario
def two_children_that_die_together_are_both_told():
    def script(loop, watcher):
        codes = []

        def told(pid, code):
            codes.append(code)
            if len(codes) == 2:
                say(sorted(codes))
                loop.stop()

        with watcher:
            children = [Child(1), Child(2)]
            for child in children:
                watcher.add_child_handler(child.pid, told)
        for child in children:
            child.die()

    each(script)


@scenario
def registering_again_replaces():
    def script(loop, watcher):
        with watcher:
            child = Child(5)

            def told(pid, code):
                say('second told', code)
                loop.call_soon(loop.stop)

            watcher.add_child_handler(child.pid, lambda pid, code: say('first told', code))
            watcher.add_child_handler(child.pid, told)
        child.end()

    each(script, 'multi-loop', 'safe', 'fast')


@scenario
def removing_tells_whether_there_was_one():
    def script(loop, watcher):
        with watcher:
            child = Child()
            watcher.add_child_handler(child.pid, lambda pid, code: None)
            say(watcher.remove_child_handler(child.pid), watcher.remove_child_handler(child.pid))
            child.kill()
        loop.stop()

    each(script)


@scenario
def removed_child_is_not_told():
    def script(loop, watcher):
        with watcher:
            removed, other = Child(1), Child(2)

            def told(pid, code):
                say('other told', code)
                loop.call_soon(loop.stop)

            watcher.add_child_handler(removed.pid, lambda pid, code: say('removed told', code))
            watcher.add_child_handler(other.pid, told)
            watcher.remove_child_handler(removed.pid)
        removed.die()
        other.end()

    each(script, 'multi-loop', 'safe')


@scenario
def handler_may_start_another_child():
    def script(loop, watcher):
        def register(code, told):
            with watcher:
                child = Child(code)
                watcher.add_child_handler(child.pid, told)
            child.end()

        def second_told(pid, code):
            say('second told', code)
            loop.stop()

        def first_told(pid, code):
            say('first told', code)
            loop.call_soon(register, 2, second_told)

        register(1, first_told)

    each(script)


@scenario
def broken_handler_harms_no_other():
    def script(loop, watcher):
        def handler(loop, context):
            say('handler:', context['exception'])
            loop.call_soon(second.end)

        def broken(pid, code):
            raise ValueError

        def told(pid, code):
            say('told', code)
            loop.stop()

        loop.set_exception_handler(handler)
        with watcher:
            first, second = Child(1), Child(2)
            watcher.add_child_handler(first.pid, broken)
            watcher.add_child_handler(second.pid, told)
        first.end()

    each(script)


@scenario
def child_reaped_elsewhere_is_lost():
    def script(loop, watcher):
        with watcher:
            child = Child(1)
            child.die()
            os.waitpid(child.pid, 0)

            def told(pid, code):
                say('told', code)
                loop.call_soon(loop.stop)

            try:
                watcher.add_child_handler(child.pid, told)
            except ProcessLookupError as error:
                say('raises', error)
                loop.stop()

    each(script, 'threaded', 'multi-loop', 'safe', 'pidfd')


@scenario
def watchers_are_active_with_and_without_a_loop():
    for name, watcher in ALL.items():
        watcher = watcher()
        loop = new_loop()
        alone = watcher.is_active()
        watcher.attach_loop(loop)
        attached = watcher.is_active()
        loop.call_soon(lambda: say(name, alone, attached, watcher.is_active()))
        run_once(loop)
        watcher.attach_loop(None)
        watcher.close()


@scenario
def registering_needs_a_running_loop():
    for name in ('threaded', 'pidfd', 'multi-loop'):
        watcher = ALL[name]()
        watcher.attach_loop(None)
        child = Child()
        with watcher:
            attempt(name, lambda: watcher.add_child_handler(child.pid, lambda pid, code: None))
        child.kill()
        watcher.close()


@scenario
def pid_of_no_single_child_is_refused():
    def script(loop, watcher):
        with watcher:
            attempt('0', lambda: watcher.add_child_handler(0, lambda pid, code: None))
            attempt('-1', lambda: watcher.add_child_handler(-1, lambda pid, code: None))
        loop.stop()

    each(script, 'multi-loop', 'safe')


@scenario
def inactive_watcher_refuses_the_spawn():
    for name in ('safe', 'fast'):
        asyncio.set_child_watcher(ALL[name]())
        loop = new_loop()
        attempt(name, lambda: loop.run_until_complete(asyncio.wait_for(loop.subprocess_exec(
            asyncio.SubprocessProtocol, '/bin/true'), 10)))


@scenario
def spawns_are_told_whatever_the_watcher():
    for name, watcher in ALL.items():
        watcher = watcher()
        asyncio.set_child_watcher(watcher)
        loop = new_loop()

        async def script():
            child = await asyncio.create_subprocess_exec('/bin/sh', '-c', 'exit 6')
            say(name, await child.wait())

        watcher.attach_loop(loop)
        loop.run_until_complete(script())
        watcher.attach_loop(None)
