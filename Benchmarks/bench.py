"""What the measuring programs share: notes of their own making, a daemon of their own, its control socket and its events."""
import json, os, random, select, shutil, socket, subprocess, tempfile, threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORDS = ("harbour ferry quiet week market rain ledger engineer release model review plan budget office report growth city river council "
         "student garden window train morning letter number paper street winter").split()


def text(seed, size):
    """A note of about `size` bytes; the same for the same seed."""
    r = random.Random(seed)
    out = [f"# Note {seed}\n"]
    length = 0
    while length < size:
        line = " ".join(r.choice(WORDS) for _ in range(r.randrange(6, 16))).capitalize() + ("." if r.random() < 0.8 else ".\n\n## " + r.choice(WORDS))
        out.append(line)
        length += len(line)
    return "\n".join(out) + "\n"


def make_notes(folder, count, size=2000):
    for number in range(count):
        below = f"{folder}/d{number % 200:03}"
        if number < 200:
            os.makedirs(below, exist_ok=True)
        with open(f"{below}/n{number}.md", "w") as file:
            file.write(text(number, size))


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


class Daemon:
    def __init__(self, binary, notes, analysis=False, settle=200, folder=None):
        self.binary, self.notes = os.path.abspath(binary), notes
        self.folder = folder or tempfile.mkdtemp(prefix="bellwether-bench-")
        self.state, self.process = self.folder + "/state", None
        self.configuration = self.folder + "/bellwether.yaml"
        with open(self.configuration, "w") as file:
            file.write(f"notes: [{{path: {notes}}}]\noutput: {self.folder}/output\nstate: {self.state}\ntimezone: UTC\nsettle: {settle}ms\n"
                       f"analysis: {'on' if analysis else 'off'}\n")
        self.environment = {k: v for k, v in os.environ.items() if k not in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "JOURNAL_STREAM")}
        self.environment.setdefault("BELLWETHER_DATA", ROOT)

    def once(self):
        """A whole scan of the folder into the state, and its end; the seconds it took."""
        start = time.monotonic()
        subprocess.run([self.binary, "run", "--once", "--config", self.configuration], env=self.environment, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - start

    def forget(self):
        for name in ("state", "output"):
            shutil.rmtree(f"{self.folder}/{name}", ignore_errors=True)

    def start(self, watchdog=0, in_step=True):
        """Seconds until READY=1, and until it says that it is in step."""
        path = self.folder + "/notify"
        if os.path.exists(path):
            os.unlink(path)
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(path)
        environment = {**self.environment, "NOTIFY_SOCKET": path, **({"WATCHDOG_USEC": str(watchdog)} if watchdog else {})}
        start = time.monotonic()
        self.process = subprocess.Popen([self.binary, "run", "--config", self.configuration], env=environment,
                                        stdout=subprocess.DEVNULL, stderr=open(self.folder + "/log", "ab"))
        ready = None
        while True:
            if not select.select([self.notify], [], [], 600)[0]:
                raise SystemExit("not ready within ten minutes")
            message = self.notify.recv(65536)
            if b"READY=1" in message:
                ready = time.monotonic() - start
            if ready and (not in_step or b"STATUS=Watching" in message):
                break
        taken = time.monotonic() - start
        # Somebody has to listen.
        threading.Thread(target=self.listen, args=(self.notify,), daemon=True).start()
        return ready, taken

    def listen(self, notify):
        self.beats = 0
        while True:
            try:
                self.beats += b"WATCHDOG=1" in notify.recv(65536)
            except OSError:
                return

    def ask(self, **request):
        """The lines of the answer."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.state + "/control.sock")
            connection.sendall(json.dumps(request).encode() + b"\n")
            lines = []
            for line in connection.makefile("rb"):
                reply = json.loads(line)
                lines.append(reply)
                if "done" in reply:
                    break
            return lines

    def status(self):
        return json.loads(self.ask(verb="status")[0]["line"])

    def settle(self):
        self.ask(verb="scan", wait=True)

    def events(self):
        """Connection and an iterator over (time of arrival, event)."""
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.state + "/control.sock")
        connection.sendall(b'{"verb":"events"}\n')
        stream = connection.makefile("rb")
        stream.readline()

        def lines():
            for line in stream:
                at = time.monotonic()
                reply = json.loads(line)
                if "line" in reply:
                    yield at, json.loads(reply["line"])
        return connection, lines()

    def memory(self):
        """PSS and RSS in KiB."""
        with open(f"/proc/{self.process.pid}/smaps_rollup") as file:
            lines = {line.split(":")[0]: line.split()[1] for line in file if ":" in line}
        return int(lines["Pss"]), int(lines["Rss"])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
