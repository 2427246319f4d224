"""Random file operations of every kind in a watched tree, against `bellwether scan --verify`."""

import ctypes
import json
import os
import random as randomness
import shutil
import socket
import stat
import subprocess
import threading
import time

from daemon import Broken, Daemon

LIBC = ctypes.CDLL(None, use_errno=True)
RENAME_EXCHANGE = 2


class Tree:
    """A tree and a place outside of it on the same file system. All names are bytes. Every operation may fail; none is repeated."""

    def __init__(self, random, inside, outside):
        self.random, self.inside, self.outside = random, os.fsencode(inside), os.fsencode(outside)
        os.makedirs(self.outside, exist_ok=True)
        self.number = 0
        self.has_links = True
        acts = {
            self.create: 24, self.append: 12, self.rewrite: 8, self.replace: 10, self.remove: 10, self.rename: 10, self.touch: 4,
            self.make_directories: 6, self.rename_directory: 4, self.move_out: 2, self.move_in: 3, self.remove_directory: 2,
            self.copy_directory: 1, self.exchange: 2, self.symlink: 3, self.hard_link: 2, self.change_mode: 3, self.special: 1,
            self.truncate: 2, self.directory_to_link: 1, self.editor: 3,
        }
        self.acts, self.weights = list(acts), list(acts.values())

    def step(self):
        act = self.random.choices(self.acts, self.weights)[0]
        try:
            act()
        except (OSError, shutil.Error):
            pass  # a name that is taken, gone, or a directory by now: part of the game

    # Names

    def name(self):
        self.number += 1
        odd = self.random.random()
        stem = b"n%d" % self.random.randrange(400)
        if odd < 0.04:
            stem = self.random.choice([b"\xff\xfe", b"line\nbreak", b" space ", b"\x1b[2J", "\u202eRTL".encode(), "e\u0301".encode(), "\u00e9".encode(), b"-rf", b"q'\"`$*?[" , b"x" * 240]) + stem[-3:]
        ending = self.random.choices([b".md", b".txt", b".html", b".tmp", b"~", b".swp", b".pdf", b""], [50, 12, 8, 4, 2, 2, 1, 3])[0]
        return (b"." if odd > 0.98 else b"") + stem + ending

    def directories(self):
        found = [self.inside]
        for folder in found:
            if len(found) > 300:
                break
            with os.scandir(folder) as entries:
                found += [e.path for e in entries if e.is_dir(follow_symlinks=False)]
        return found

    def directory(self):
        """A random walk down, so that a choice costs no walk over the whole tree."""
        folder = self.inside
        while self.random.random() < 0.65:
            with os.scandir(folder) as entries:
                below = sorted(e.path for e in entries if e.is_dir(follow_symlinks=False))
            if not below:
                break
            folder = self.random.choice(below)
        return folder

    def file(self):
        folder = self.directory()
        with os.scandir(folder) as entries:
            files = sorted(e.path for e in entries if not e.is_dir(follow_symlinks=False))
        if not files:
            raise FileNotFoundError
        return self.random.choice(files)

    def text(self):
        return b"# Note\n\n" + b"Northwind was quiet. " * self.random.randrange(40) + b"%d\n" % self.random.getrandbits(60)

    def write(self, path, mode, text):
        # Never through a link or into a FIFO: that would change files outside, which nobody is told of.
        if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
            raise FileExistsError
        if os.path.lexists(path) and os.lstat(path).st_nlink > 1:
            raise FileExistsError  # its other name may lie outside or elsewhere: the kernel tells of one name only
        with open(path, mode) as file:
            file.write(text)

    # Operations

    def create(self):
        self.write(os.path.join(self.directory(), self.name()), "wb", self.text())

    def append(self):
        self.write(self.file(), "ab", self.text())

    def rewrite(self):
        self.write(self.file(), "wb", self.text())

    def truncate(self):
        path = self.file()
        self.write(path, "ab", b"")
        os.truncate(path, self.random.randrange(20))

    def replace(self):
        path = os.path.join(self.directory(), self.name())
        temporary = os.path.join(os.path.dirname(path), b".tmp%d" % self.number)
        self.write(temporary, "wb", self.text())
        os.rename(temporary, path)

    def editor(self):
        """As vim does: the old file becomes a backup, a new one is written, the backup goes."""
        path = self.file()
        if stat.S_ISREG(os.lstat(path).st_mode):
            os.rename(path, path + b"~")
            self.write(path, "wb", self.text())
            os.unlink(path + b"~")

    def remove(self):
        os.unlink(self.file())

    def rename(self):
        os.rename(self.file(), os.path.join(self.directory(), self.name()))

    def touch(self):
        os.utime(self.file(), (self.random.randrange(2**31),) * 2, follow_symlinks=False)

    def change_mode(self):
        path = self.random.choice([self.file, self.directory])()
        if not os.path.islink(path):
            os.chmod(path, self.random.choice([0o644, 0o600, 0o755, 0o700]) | (0o700 if os.path.isdir(path) else 0))

    def make_directories(self):
        folder = os.path.join(self.directory(), *[b"d%d" % self.random.randrange(12) for _ in range(self.random.randrange(1, 4))])
        os.makedirs(folder, exist_ok=True)
        self.write(os.path.join(folder, self.name()), "wb", self.text())

    def some_directory(self):
        folder = self.directory()
        if folder == self.inside:
            raise FileNotFoundError
        return folder

    def rename_directory(self):
        target = os.path.join(self.directory(), b"d%d" % self.random.randrange(12))
        os.rename(self.some_directory(), target)

    def move_out(self):
        self.number += 1
        os.rename(self.some_directory(), os.path.join(self.outside, b"out%d" % self.number))

    def move_in(self):
        waiting = sorted(os.listdir(self.outside))
        if waiting:
            os.rename(os.path.join(self.outside, self.random.choice(waiting)), os.path.join(self.directory(), b"d%d" % self.random.randrange(12)))

    def remove_directory(self):
        shutil.rmtree(self.some_directory())

    def copy_directory(self):
        source = self.some_directory()
        if sum(len(names) for _, _, names in os.walk(source)) < 100:
            shutil.copytree(source, os.path.join(self.inside, b"copy%d" % self.random.randrange(8)), symlinks=True)

    def exchange(self):
        a, b = self.random.choice([(self.file, self.file), (self.some_directory, self.some_directory)])
        LIBC.renameat2(-100, a(), -100, b(), RENAME_EXCHANGE)

    def symlink(self):
        target = self.random.choice([b".", b"..", b"/etc/passwd", b"/nonexistent", self.outside, b"n1.md"])
        os.symlink(target, os.path.join(self.directory(), self.name()))

    def hard_link(self):
        if not self.has_links:
            raise FileNotFoundError
        os.link(self.file(), os.path.join(self.directory(), self.name()), follow_symlinks=False)

    def directory_to_link(self):
        folder = self.some_directory()
        shutil.rmtree(folder)
        os.symlink(self.outside, folder)

    def special(self):
        path = os.path.join(self.directory(), self.name())
        kind = self.random.randrange(3)
        if kind == 0:
            os.mkfifo(path)
        elif kind == 1:
            os.mkdir(path)  # a directory called n.md
        else:
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(path)

    def prune(self):
        """Keeps the tree at a size that a person's might have."""
        directories = self.directories()
        for folder in directories[200:]:
            shutil.rmtree(folder, ignore_errors=True)
        for name in sorted(os.listdir(self.outside))[20:]:
            shutil.rmtree(os.path.join(self.outside, name), ignore_errors=True)

    def forbid_links(self):
        """What is done to one name of a file changes the others without a word from the kernel: without hard links every change is told."""
        self.has_links = False
        for top in (self.inside, self.outside):
            for folder, _, names in os.walk(top):
                for name in names:
                    path = os.path.join(folder, name)
                    if os.lstat(path).st_nlink > 1:
                        os.unlink(path)


def run(binary, folder, operations, seed, per_round=2000, say=print):
    """Rounds of operations at full speed and in spurts; after each the daemon must be in step by itself, within seconds."""
    random = randomness.Random(seed)
    daemon = Daemon(binary, os.path.join(folder, "operations"), analysis=False)
    tree = Tree(random, daemon.notes, os.path.join(daemon.folder, "elsewhere"))
    daemon.start()
    done, rounds, drift, listener, read = 0, 0, Drift(), Listener(daemon), 0
    while done < operations:
        # Ten rounds with hard links, ten without.
        if rounds % 20 == 0:
            tree.has_links = True
        elif rounds % 20 == 10:
            tree.forbid_links()
        if random.random() < 0.1:  # what changes while it is off counts, too
            daemon.stop()
            for _ in range(50):
                tree.step()
            done += 50
            daemon.start()
            read += listener.read
            drift, listener = Drift(), Listener(daemon)
        count = min(per_round, operations - done)
        is_slow = random.random() < 0.3
        for _ in range(count):
            tree.step()
            if is_slow and random.random() < 0.02:
                time.sleep(random.random() * 0.05)
        done += count
        tree.prune()
        rounds += 1
        try:
            # The brake holds when most of a folder went at once; a person would say so.
            if "vanished" in daemon.verb("status").stdout:
                daemon.verb("scan", "--wait", "--accept-deletions")
            daemon.converge(15)
            drift.check(daemon.status(), tree.has_links)
            listener.check()
        except Broken as error:
            raise Broken(f"round {rounds} with seed {seed}, after {done} operations: {error}")
        if rounds % 10 == 0 or done >= operations:
            say(f"operations: {done} of {operations}, round {rounds}, in step")
    daemon.stop()
    daemon.check_database()
    listener.stop()
    listener.check()
    read += listener.read
    return {"operations": done, "rounds": rounds, "notes read": read, "missed by events": drift.total(), "seed": seed}


class Drift:
    """What the events have missed, as the status counts it: nothing, unless the kernel's queue overflowed or a file has two names."""

    known = 0

    def __init__(self):
        self.count, self.overflows, self.calm = 0, 0, 0

    def check(self, status, has_links):
        more, overflowed = status["drift"] - self.count, status["overflows"] > self.overflows
        # What came without an event is called drift two seconds after it was found, in the next round perhaps; and when the last links went, the names
        # that were left changed without a word.
        self.calm = 0 if has_links or overflowed else self.calm + 1
        if more and self.calm > 3:
            raise Broken(f"{more} changes were missed by the events, without an overflow or a hard link; {status}")
        Drift.known += more
        self.count, self.overflows = status["drift"], status["overflows"]

    @staticmethod
    def total():
        return Drift.known


class Listener:
    """Follows `bellwether events`: no state of a file is read twice, unless the note was let go of in between."""

    def __init__(self, daemon):
        self.read, self.stamps, self.trouble = 0, {}, None
        self.process = subprocess.Popen(
            [daemon.binary, "events", "--json", "--config", daemon.configuration], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=daemon.environment)
        threading.Thread(target=self.follow, daemon=True).start()

    def follow(self):
        for line in self.process.stdout:
            event = json.loads(line)
            kind, path = event["event"], event["path"]
            if kind == "gone":
                self.stamps.pop(path, None)
            elif kind == "recorded" and event.get("detail") == "moved":
                self.stamps.clear()  # of a directory, perhaps
            elif kind == "recorded" and "stamp" in event:
                self.read += 1
                if self.stamps.get(path) == event["stamp"]:
                    self.trouble = f"{path} was read twice as it was: {line.decode(errors='replace')}"
                self.stamps[path] = event["stamp"]

    def check(self):
        if self.trouble:
            raise Broken(self.trouble)

    def stop(self):
        self.process.terminate()
        self.process.wait()
