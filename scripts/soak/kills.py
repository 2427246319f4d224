"""kill -9 at random moments, and at the Nth write, sync or rename; then: nothing lost, nothing said twice, nothing half."""

import os
import random as randomness
import time

from daemon import Broken, Daemon
from notes import ORGANIZATIONS, change_something

TRACED = "pwrite64,fdatasync,fsync,rename,renameat,renameat2,ftruncate"


def run(binary, folder, kills, seed, traced_share=0.2, check_every=25, say=print):
    """`kills` kills of one daemon over one folder, checked in full every so often against a daemon that was never killed."""
    random = randomness.Random(seed)
    daemon = Daemon(binary, os.path.join(folder, "kills"), organizations=ORGANIZATIONS)
    daemon.start()  # the baseline: of an empty folder, so that everything after is news
    daemon.settle()
    daemon.kill()
    number, traced, before_ready = 0, 0, 0
    for kill in range(1, kills + 1):
        is_traced = random.random() < traced_share
        wrapper = []
        if is_traced:
            traced += 1
            calls = random.choice([TRACED, "pwrite64", "fdatasync", "rename,renameat,renameat2", "write"])
            wrapper = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:signal=KILL:when={random.randrange(1, 120)}"]
        for _ in range(random.randrange(3)):  # while it is off
            number += 1
            change_something(random, daemon.notes, number)
        is_up = daemon.start(wrapper=wrapper, must_come_up=not is_traced)
        before_ready += not is_up
        if is_up:
            for _ in range(random.randrange(1, 8)):
                number += 1
                change_something(random, daemon.notes, number)
                time.sleep(random.random() * 0.01)
            # Settling, reading, committing and delivering take their turns within the first 150 ms.
            pause = time.monotonic() + random.random() * 0.15
            while time.monotonic() < pause and daemon.process.poll() is None:
                time.sleep(0.001)
        daemon.kill()
        daemon.check_files(is_at_rest=False)
        if kill % check_every == 0 or kill == kills:
            check(daemon, os.path.join(folder, "never-killed"))
            say(f"kills: {kill} of {kills}, {number} changes, all well")
    return {"kills": kills, "at a system call": traced, "before ready": before_ready, "changes": number,
            "alerts said": len(daemon.alert_log()), "seed": seed}


def check(daemon, other_folder, says_all=True):
    daemon.check_database()
    daemon.start()
    daemon.settle()
    differences = daemon.differences()
    if differences:
        raise Broken(f"after a kill and a start, scan --verify says: {differences[:2000]}")
    alerts = daemon.open_alerts()
    daemon.stop()
    daemon.check_files(is_at_rest=True)
    daemon.check_said_once()
    if says_all:
        daemon.check_said_to_the_journal()
    daemon.check_database()

    # The same notes, read by one that never died.
    other = Daemon(daemon.binary, other_folder, organizations=ORGANIZATIONS)
    try:
        os.rmdir(other.notes)
        os.symlink(daemon.notes, other.notes)
        with open(other.configuration) as file:
            text = file.read().replace(f"path: {other.notes}", f"path: {daemon.notes}")
        with open(other.configuration, "w") as file:
            file.write(text)
        result = other.verb("run", "--once", "--no-baseline")
        if result.returncode != 0:
            raise Broken(f"run --once ended with {result.returncode}: {result.stderr.strip()}")
        expected = other.open_alerts()
        if alerts != expected:
            lost = [a for a in expected if a not in alerts]
            extra = [a for a in alerts if a not in expected]
            raise Broken(f"alerts that a daemon that was never killed has, and this has not: {lost}; the other way round: {extra}")
    finally:
        other.remove()
