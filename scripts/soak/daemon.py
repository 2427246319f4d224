"""The real binary on folders of its own: started, asked, killed, and looked at from outside."""

import json
import os
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Broken(Exception):
    """A promise that was not kept; the words say which and where."""


class Daemon:
    all = []
    # Every limit of time is this many times as long: for a machine that has other things to do.
    patience = 1.0

    def __init__(self, binary, folder, analysis=True, settle="50ms", organizations=()):
        self.binary, self.folder = os.path.abspath(binary), folder
        self.notes, self.output, self.state = (os.path.join(folder, name) for name in ("notes", "output", "state"))
        self.configuration = os.path.join(folder, "bellwether.yaml")
        self.log = os.path.join(folder, "log")
        self.process, self.is_traced = None, False
        Daemon.all.append(self)
        os.makedirs(self.notes, exist_ok=True)
        entities = os.path.join(folder, "entities.yaml")
        with open(entities, "w") as file:
            file.write("entities:\n")
            for number, name in enumerate(organizations):
                file.write(f"  - {{id: org-{number}, name: {name}, type: organization}}\n")
            if not organizations:
                file.write("  - {id: northwind, name: Northwind Labs, type: organization}\n")
        with open(self.configuration, "w") as file:
            file.write(
                f"notes: [{{path: {self.notes}}}]\noutput: {self.output}\nstate: {self.state}\ntimezone: UTC\nsettle: {settle}\n"
                f"analysis: {'on' if analysis else 'off'}\nentities: [{entities}]\n"
                # Enough for alerts of several kinds; a start takes as long as there are rules to read.
                "plugins: [people, releases, strategy]\n")
        # What a child of a service must not see as its own, plus where the shipped plugins are.
        self.environment = {k: v for k, v in os.environ.items() if k not in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "JOURNAL_STREAM")}
        self.environment["BELLWETHER_DATA"] = ROOT

    # Life

    def start(self, wrapper=(), timeout=60, must_come_up=True):
        """Starts it and waits for READY=1. Returns whether it came up; where it must, its end before that is a broken promise."""
        path = os.path.join(self.folder, "notify")
        if os.path.exists(path):
            os.unlink(path)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify, open(self.log, "ab") as log:
            notify.bind(path)
            self.process = subprocess.Popen(
                [*wrapper, self.binary, "run", "--config", self.configuration], stdout=log, stderr=log,
                env={**self.environment, "NOTIFY_SOCKET": path})
            self.is_traced = bool(wrapper)
            end = time.monotonic() + timeout * Daemon.patience
            while time.monotonic() < end:
                readable, _, _ = select.select([notify], [], [], 0.02)
                if readable and b"READY=1" in notify.recv(65536):
                    return True
                if self.process.poll() is not None:
                    if must_come_up:
                        raise Broken(f"the daemon ended with {self.process.returncode} before it was ready: {self.last_words()}")
                    return False
        self.kill()
        raise Broken(f"not ready after {timeout} s: {self.last_words()}")

    def pid(self):
        """Of the daemon itself, which may be the child of a tracer."""
        pid = self.process.pid
        if not self.is_traced:
            return pid
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            children = file.read().split()
        return int(children[0]) if children else pid

    def kill(self):
        """kill -9, and waits until nothing of it is left."""
        if self.process and self.process.poll() is None:
            try:
                os.kill(self.pid(), signal.SIGKILL)
            except (ProcessLookupError, FileNotFoundError):
                pass
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            status = self.process.wait(30 * Daemon.patience)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Broken("SIGTERM did not end it within 30 s")
        if status != 0:
            raise Broken(f"SIGTERM ended it with {status}: {self.last_words()}")

    def last_words(self):
        try:
            with open(self.log, errors="replace") as file:
                return " | ".join(file.read().strip().split("\n")[-4:])
        except OSError:
            return "(no log)"

    # Verbs

    def verb(self, *arguments, timeout=120):
        return subprocess.run(
            [self.binary, *arguments, "--config", self.configuration], capture_output=True, text=True, errors="replace",
            timeout=timeout * Daemon.patience, env=self.environment)

    def settle(self):
        result = self.verb("scan", "--wait")
        if result.returncode != 0:
            raise Broken(f"scan --wait: {result.returncode} {result.stderr.strip()}")

    def differences(self):
        result = self.verb("scan", "--verify")
        return "" if result.stdout == "identical\n" else result.stdout + result.stderr

    def status(self):
        result = self.verb("status", "--json")
        if result.returncode not in (0, 1):
            raise Broken(f"status: {result.returncode} {result.stderr.strip()}; {self.last_words()}")
        return json.loads(result.stdout.split("\n")[0])

    def converge(self, seconds):
        """Waits until nothing is under way any more, then asks what is missing. Whatever a scan still finds then, the events missed:
        it is counted as drift."""
        end = time.monotonic() + seconds * Daemon.patience
        while self.status()["queued"]:
            if time.monotonic() > end:
                raise Broken(f"still at work after {seconds} s: {self.status()}")
            time.sleep(0.05)
        differences = self.differences()
        if differences:
            raise Broken(f"scan --verify says: {differences[:2000]}")

    # Looking at what it left

    def alert_log(self):
        path = os.path.join(self.output, "alerts", "alerts.jsonl")
        if not os.path.exists(path):
            return []
        with open(path, "rb") as file:
            return [json.loads(line) for line in file.read().split(b"\n") if line]

    def check_files(self, is_at_rest):
        """No half file. While killed, a torn last line of the log and temporary files are allowed: the next start mends them."""
        for folder, _, names in os.walk(self.output):
            for name in names:
                path = os.path.join(folder, name)
                if re.search(r"\.tmp|^\.", name):
                    if is_at_rest:
                        raise Broken(f"{path} was left behind")
                    continue
                with open(path, "rb") as file:
                    content = file.read()
                if name == "alerts.jsonl":
                    lines = content.split(b"\n")
                    if is_at_rest and lines[-1]:
                        raise Broken(f"{path} ends in half a line")
                    for line in lines[:-1]:
                        json.loads(line)
                elif not content:
                    raise Broken(f"{path} is empty")
                elif name.endswith(".json"):
                    json.loads(content)
                elif name.endswith(".html") and b"</html>" not in content[-20:]:
                    raise Broken(f"{path} is half a page")
                elif name.endswith(".md") and not content.endswith(b"\n"):
                    raise Broken(f"{path} is half a file")

    def check_database(self):
        """Opened while nobody else has it open, as after a kill."""
        path = os.path.join(self.state, "bellwether.sqlite")
        if not os.path.exists(path):
            return
        connection = sqlite3.connect(path)
        try:
            answer = connection.execute("pragma integrity_check").fetchall()
            if answer != [("ok",)]:
                raise Broken(f"integrity_check: {answer[:3]}")
            if connection.execute("pragma foreign_key_check").fetchall():
                raise Broken("foreign_key_check: a row refers to none")
        finally:
            connection.close()

    def check_said_once(self):
        """Every change of an alert stands in the log once, and no alert is raised while it is raised."""
        changes, last = set(), {}
        for line in self.alert_log():
            if line["change_id"] in changes:
                raise Broken(f"change {line['change_id']} stands twice in alerts.jsonl")
            changes.add(line["change_id"])
            if line["what"] == "raised" and last.get(line["id"]) == "raised":
                raise Broken(f"alert {line['id']} was raised twice in a row")
            last[line["id"]] = line["what"]

    def check_said_to_the_journal(self):
        """Every raised alert was said at least once on standard error, which stands for the journal."""
        with open(self.log, errors="replace") as file:
            log = file.read()
        for line in self.alert_log():
            if line["what"] == "raised" and line["title"] not in log:
                raise Broken(f"the alert ‘{line['title']}’ was never said")

    def open_alerts(self):
        """What holds now, by what it says rather than by when it was found."""
        result = self.verb("alerts", "list", "--json")
        if result.returncode != 0:
            raise Broken(f"alerts list: {result.returncode} {result.stderr.strip()}")
        alerts = [json.loads(line) for line in result.stdout.split("\n") if line]
        return sorted(
            (a["fingerprint"], a["severity"], a["title"]) for a in alerts if a.get("state", "open") in ("open", "acknowledged", "baseline"))

    def remove(self):
        self.kill()
        Daemon.all.remove(self)
        shutil.rmtree(self.folder, ignore_errors=True)
