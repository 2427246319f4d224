"""The Nth call of the kernel fails: never a crash, a hang, a half file or a silent loss, and the next start mends everything."""

import contextlib
import os
import re
import subprocess
import random as randomness
import time

import kills
from daemon import Broken, Daemon
from notes import ORGANIZATIONS, change_something, note

# Which calls fail how. `inotify_add_watch` and `inotify_init1` run out as the kernel says it: ENOSPC and EMFILE.
FAULTS = [
    ("openat", "EMFILE"), ("openat", "EACCES"), ("openat", "EIO"), ("openat2", "EMFILE"), ("openat2", "EIO"),
    ("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("write", "ENOSPC"), ("write", "EIO"), ("fdatasync", "EIO"), ("fsync", "EIO"),
    ("rename,renameat,renameat2", "ENOSPC"), ("rename,renameat,renameat2", "EIO"), ("mkdir,mkdirat", "ENOSPC"), ("mkdir,mkdirat", "EROFS"),
    ("ftruncate", "EIO"), ("inotify_add_watch", "ENOSPC"), ("inotify_init1", "EMFILE"), ("read", "EIO"), ("pread64", "EIO"),
    ("getdents64", "EIO"), ("fstat,newfstatat,statx", "EIO"), ("flock", "EAGAIN"), ("fcntl", "EIO"), ("mmap", "ENOMEM"),
    ("timerfd_create", "EMFILE"), ("epoll_create1", "EMFILE"), ("eventfd2", "EMFILE"), ("socket", "EMFILE"), ("bind", "EACCES"),
    ("clone3,clone", "EAGAIN"), ("unlink,unlinkat", "EIO"), ("getrandom", "EINTR"), ("prlimit64", "EPERM"),
]

# Statuses that say what is wrong; 70 is a bug of ours, and a signal is a crash.
HONEST = {0, 1, 2, 66, 69, 73, 74, 75, 77, 78}

# Failing these is not survivable before main has begun, or in the C library and the runtime, which end the process by themselves.
# They are still swept, but only for what is left behind.
RUNTIME = {"mmap", "clone3,clone", "epoll_create1", "eventfd2", "timerfd_create"}


def is_allowed():
    """Why strace cannot be used here; nothing where it can."""
    try:
        result = subprocess.run(
            ["strace", "-f", "-o", "/dev/null", "-e", "trace=openat", "-e", "inject=openat:error=EIO:when=60000", "true"],
            capture_output=True, text=True)
    except FileNotFoundError:
        return "strace is not installed"
    return "" if result.returncode == 0 else f"strace cannot trace here: {result.stderr.strip()}"


def run(binary, folder, points, seed, say=print, only=None):
    """`points` runs of `run --once`, each with one call failing, spread over all faults and places; each is followed by a sound run."""
    random = randomness.Random(seed)
    faults = [f for f in FAULTS if only is None or f[0].split(",")[0] in only]
    totals = count_calls(binary, os.path.join(folder, "count"), {calls for calls, _ in faults})
    faults = [f for f in faults if totals[f[0]] > 0]
    expected = sound_result(binary, os.path.join(folder, "sound"))
    statuses = {}
    for point in range(points):
        calls, error = faults[point % len(faults)]
        when = random.randrange(1, totals[calls] + 1)
        # A single failure, or from there on for a while.
        more = random.choice(["", "", f"..{when + random.randrange(2, 30)}"])
        status = one(binary, os.path.join(folder, "fault"), calls, error, f"{when}{more}", expected)
        statuses[status] = statuses.get(status, 0) + 1
        if (point + 1) % 50 == 0 or point + 1 == points:
            say(f"faults: {point + 1} of {points}, statuses {dict(sorted(statuses.items()))}")
    return {"faults": points, "kinds": len(faults), "statuses": dict(sorted(statuses.items())), "seed": seed}


def make(binary, folder):
    daemon = Daemon(binary, folder, organizations=ORGANIZATIONS)
    random = randomness.Random(7)
    os.makedirs(os.path.join(daemon.notes, "a", "b"), exist_ok=True)
    for number in range(8):
        below = ["", "a", "a/b"][number % 3]
        with open(os.path.join(daemon.notes, below, f"note{number}.md"), "w") as file:
            file.write(note(random, number))
    return daemon


def once(daemon, wrapper=()):
    try:
        return subprocess.run(
            [*wrapper, daemon.binary, "run", "--once", "--no-baseline", "--config", daemon.configuration],
            capture_output=True, text=True, errors="replace", timeout=90 * Daemon.patience, env=daemon.environment)
    except subprocess.TimeoutExpired:
        raise Broken("run --once hangs: no end within 90 s")


def sound_result(binary, folder):
    daemon = make(binary, folder)
    try:
        result = once(daemon)
        if result.returncode != 0:
            raise Broken(f"run --once without any fault ended with {result.returncode}: {result.stderr.strip()}")
        return daemon.open_alerts()
    finally:
        daemon.remove()


def count_calls(binary, folder, sets):
    """How often each set of calls happens in a sound run."""
    daemon = make(binary, folder)
    try:
        log = os.path.join(folder, "strace")
        names = ",".join(sorted({name for calls in sets for name in calls.split(",")}))
        once(daemon, ["strace", "-f", "-o", log, "-e", f"trace={names}"])
        with open(log, errors="replace") as file:
            found = re.findall(r"^\d+\s+(\w+)\(", file.read(), re.M)
        return {calls: sum(found.count(name) for name in calls.split(",")) for calls in sets}
    finally:
        daemon.remove()


def one(binary, folder, calls, error, when, expected):
    place = f"{calls} number {when} fails with {error}"
    daemon = make(binary, folder)
    try:
        wrapper = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when={when}"]
        try:
            result = once(daemon, wrapper)
        except Broken as broken:
            raise Broken(f"{place}: {broken}")
        status, words = result.returncode, result.stderr.strip()
        # A build that is linked dynamically may fail before it begins.
        if calls not in RUNTIME and "error while loading shared libraries" not in words:
            if status not in HONEST:
                raise Broken(f"{place}: ended with {status}: {words[-1500:]}")
            if status != 0 and not words:
                raise Broken(f"{place}: ended with {status} and said nothing")
        daemon.check_files(is_at_rest=False)
        daemon.check_database()
        # Fine means: nothing is missing. Whatever is missing has been said.
        if status == 0 and not words and is_incomplete(daemon, expected):
            raise Broken(f"{place}: something is missing, and the run said it was fine")
        again = once(daemon)
        if again.returncode != 0:
            raise Broken(f"{place}: the next run, without any fault, ended with {again.returncode}: {again.stderr.strip()[-1500:]}")
        if daemon.open_alerts() != expected:
            raise Broken(f"{place}: after the next run the alerts are {daemon.open_alerts()}, not {expected}")
        daemon.check_files(is_at_rest=True)
        daemon.check_said_once()
        # What rules find that could not be read the first time, and were named, is found by an upgrade: recorded, and no news.
        if "cannot be listed" not in words and len({line['id'] for line in daemon.alert_log()}) < len(expected):
            raise Broken(f"{place}: alerts.jsonl lacks an alert")
        return status
    finally:
        daemon.remove()


# What a daemon that is up and running calls while it takes changes in.
RUNNING = [
    ("openat", "EMFILE"), ("openat2", "EMFILE"), ("openat2", "EIO"), ("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"),
    ("fsync", "EIO"), ("rename,renameat,renameat2", "ENOSPC"), ("fstat,newfstatat,statx", "EIO"), ("getdents64", "EIO"), ("pread64", "EIO"),
    ("read", "EIO"), ("inotify_add_watch", "ENOSPC"), ("inotify_add_watch", "ENOMEM"), ("openat", "EIO"), ("write", "EIO"),
    ("mkdir,mkdirat", "EROFS"), ("ftruncate", "EIO"), ("unlink,unlinkat", "EIO"), ("fcntl", "EIO"), ("socket", "EMFILE"),
    ("accept,accept4", "EMFILE"), ("recvfrom", "EIO"), ("sendto", "ENOBUFS"), ("timerfd_settime", "EINVAL"), ("clone3,clone", "EAGAIN"),
    ("mmap", "ENOMEM"), ("poll,ppoll", "EINTR"),
]


def run_running(binary, folder, points, seed, say=print, only=None):
    """`points` daemons that are up; while notes change one kind of call fails, once or for a while. When that is over the daemon must be in step by
    itself, not degraded, and without having been started again, unless it ended with a status that says why."""
    random = randomness.Random(seed)
    faults = [f for f in RUNNING if only is None or f[0].split(",")[0] in only]
    ends = {}
    for point in range(points):
        calls, error = faults[point % len(faults)]
        first = random.randrange(1, 30)
        when = f"{first}{random.choice(['', '', f'..{first + random.randrange(2, 60)}', '+'])}"
        end = under_fire(binary, os.path.join(folder, "running"), calls, error, when, random.randrange(2**31))
        ends[end] = ends.get(end, 0) + 1
        if (point + 1) % 28 == 0 or point + 1 == points:
            say(f"running: {point + 1} of {points}, {ends}")
    return {"faults": points, "kinds": len(faults), **ends, "seed": seed}


def under_fire(binary, folder, calls, error, when, seed):
    place = f"{calls} number {when} of a running daemon fails with {error} (seed {seed})"
    random = randomness.Random(seed)
    daemon = Daemon(binary, folder, organizations=ORGANIZATIONS)
    try:
        daemon.start()
        daemon.settle()
        for number in range(4):
            change_something(random, daemon.notes, number)
        daemon.settle()
        with tracer(daemon.pid(), calls, error, when):
            for number in range(4, 12):
                change_something(random, daemon.notes, number)
                if number % 4 == 0:
                    os.makedirs(os.path.join(daemon.notes, f"d{number}"), exist_ok=True)
                    with open(os.path.join(daemon.notes, f"d{number}", "note.md"), "w") as file:
                        file.write(note(random, number))
                time.sleep(random.random() * 0.1)
            ended = wait_for_end(daemon.process, 1.5)
        if ended is not None:
            if ended not in HONEST and calls not in RUNTIME:
                raise Broken(f"ended with {ended}: {daemon.last_words()}")
            daemon.start()
        # What waits longest is tried again within a minute.
        daemon.settle()
        deadline = time.monotonic() + 90 * Daemon.patience
        while (status := daemon.status())["troubles"] or status["queued"]:
            if time.monotonic() > deadline:
                raise Broken(f"90 s after the fault was over: {status}; {daemon.last_words()}")
            time.sleep(0.25)
            daemon.settle()
        differences = daemon.differences()
        if differences:
            raise Broken(f"scan --verify says: {differences[:2000]}")
        daemon.stop()
        daemon.check_said_once()
        kills.check(daemon, os.path.join(folder, "never-hurt"), says_all=calls not in ("write", "sendto"))
        return "went on" if ended is None else f"ended with {ended}"
    except Broken as broken:
        raise Broken(f"{place}: {broken}")
    finally:
        daemon.remove()


@contextlib.contextmanager
def tracer(pid, calls, error, when):
    process = subprocess.Popen(
        ["strace", "-f", "-p", str(pid), "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when={when}"],
        stderr=subprocess.PIPE)
    try:
        said = b""
        while b"attached" not in said:
            piece = os.read(process.stderr.fileno(), 4096)
            if not piece:
                raise Broken(f"strace ended: {said!r}")
            said += piece
        yield
    finally:
        # It lets go of the daemon, which goes on.
        process.terminate()
        process.communicate()


def wait_for_end(process, seconds):
    try:
        return process.wait(seconds * Daemon.patience)
    except subprocess.TimeoutExpired:
        return None


def is_incomplete(daemon, expected):
    try:
        return daemon.open_alerts() != expected or len({line["id"] for line in daemon.alert_log()}) < len(expected)
    except (Broken, OSError):
        return True
