"""A signal ends a run at once, whatever the code of others does with exceptions."""

import signal
import subprocess
import sys
import textwrap
from collections.abc import Generator
from contextlib import contextmanager

import pytest

SWALLOWS_ALL = """
    import signal, subprocess, sys, time
    from pipelines.cli.stopping import beside_signals, stoppable

    child = subprocess.Popen(["sleep", "60"])

    def work():
        # what some libraries do, the one that starts dbt among them
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT, signal.SIGTERM])
        print("ready", child.pid, flush=True)
        while True:
            try:
                time.sleep(60)
            except BaseException:
                pass

    with stoppable(child.kill):
        beside_signals(work)
"""


AS_IN_A_SHELL = """
    import signal

    # whoever runs the tests may ignore them
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""


@contextmanager
def started(code: str) -> Generator[subprocess.Popen[str]]:
    program = textwrap.dedent(AS_IN_A_SHELL) + textwrap.dedent(code)
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_and_what_it_started(number: signal.Signals, code: int) -> None:
    with started(SWALLOWS_ALL) as process:
        assert process.stdout
        child = int(process.stdout.readline().split()[1])
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == code
    assert f"stopped ({number.name})" in errors
    assert "Traceback" not in errors
    # nobody waits for the child any more: it is gone, or about to be
    left = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False).stdout
    assert left.strip()[:1] in ("", "Z")


def test_a_signal_that_another_thread_gets_is_answered_too() -> None:
    main_thread_deaf = "    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\n    with stoppable"
    with started(SWALLOWS_ALL.replace("    with stoppable", main_thread_deaf)) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    assert process.returncode == 130


def test_what_is_ignored_stays_ignored_and_handlers_come_back() -> None:
    code = """
        import os, signal
        from pipelines.cli.stopping import beside_signals, stoppable

        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        before = signal.getsignal(signal.SIGINT)
        with stoppable():
            os.kill(os.getpid(), signal.SIGHUP)
            print(beside_signals(lambda: 6 * 7))
        assert signal.getsignal(signal.SIGINT) is before
        try:
            beside_signals(lambda: 1 / 0)
        except ZeroDivisionError:
            print("raised")
    """
    with started(code) as process:
        output, errors = process.communicate(timeout=10)
    assert (process.returncode, output.split(), errors) == (0, ["42", "raised"], "")
