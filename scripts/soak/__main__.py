"""Breaks the real daemon on purpose, repeatably: python3 scripts/soak {kill|files|faults|running|all} --binary BELLWETHER …

kill    kill -9 at random moments and at the Nth system call, then: no note unread, no alert lost, none said twice, no half file
files   random file operations, then: the database is what the folders hold, without a rescan having been asked for
faults  the Nth system call of `run --once` fails, then: no crash, no hang, no half file, no silent loss
running the Nth system call of a daemon that is up fails, then: it goes on by itself, in step, and nothing is lost
all     one after the other

Exit status: 0 all well, 1 a promise was broken (said on standard error), 69 a needed tool is missing.
"""

import argparse
import shutil
import sys
import tempfile
import time

import faults
import kills
import operations
from daemon import Broken, Daemon


def main():
    parser = argparse.ArgumentParser(prog="soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kill", "files", "faults", "running", "all"])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--operations", type=int, default=1_000_000)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--per-round", type=int, default=2000)
    parser.add_argument("--traced", type=float, default=0.2, help="share of the kills that happen at the Nth system call")
    parser.add_argument("--only", help="faults: these system calls alone, separated by commas")
    parser.add_argument("--patience", type=float, default=1, help="how many times as long everything may take, on a busy machine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where to work; a new folder under TMPDIR by default, removed when all is well")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()

    folder = options.folder or tempfile.mkdtemp(prefix="bellwether-soak-")
    say = (lambda words: None) if options.quiet else (lambda words: print(words, flush=True))
    traced, Daemon.patience = options.traced, options.patience
    reason = faults.is_allowed()
    if reason:
        if options.what in ("faults", "running"):
            print(reason, file=sys.stderr)
            return 69
        traced = 0
    only = options.only and set(options.only.split(","))
    runs = {
        "kill": lambda: kills.run(options.binary, folder, options.kills, options.seed, traced, say=say),
        "files": lambda: operations.run(options.binary, folder, options.operations, options.seed, options.per_round, say=say),
        "faults": lambda: faults.run(
            options.binary, folder, options.faults, options.seed, say=say, only=only),
        "running": lambda: faults.run_running(options.binary, folder, options.faults, options.seed, say=say, only=only),
    }
    try:
        for name in (["kill", "files", "faults", "running"] if options.what == "all" else [options.what]):
            if name in ("faults", "running") and reason:
                say(f"faults: skipped, {reason}")
                continue
            start = time.monotonic()
            result = runs[name]()
            print(f"{name}: all well: {', '.join(f'{key} {value}' for key, value in result.items())}, {time.monotonic() - start:.0f} s", flush=True)
    except Broken as broken:
        print(f"BROKEN: {broken}\nwhat it left is in {folder}", file=sys.stderr)
        return 1
    finally:
        for daemon in Daemon.all:
            daemon.kill()
    if not options.folder:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


sys.exit(main())
