import Analysis
import Documents
import Glibc
import Testing

@testable import PluginHost

/// Real processes that do what plugins do on their worst days. Whatever it is, it costs the plugin that document and nothing else.
@Suite("A plugin that misbehaves") struct HostilePluginTests {
  /// The plugin serves well unless the text says otherwise.
  static func plugin(bad: String, manifest: String = "limits: {start: 60s, deadline: 60s}") throws -> PythonPlugin {
    try PythonPlugin(
      """
      def analyze(document):
        if "bad" in document["text"]:
      \(bad.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        return {"facts": [fact(document, 0, 9)]}
      serve(analyze)
      """, manifest: manifest)
  }

  static let poisons: [(name: String, code: String, reason: String)] = [
    ("exits", "os._exit(7)", "it ended before it answered 'analyze', exit status 7"),
    ("crashes", "os.kill(os.getpid(), signal.SIGSEGV)", "killed by signal 11 (Segmentation fault)"),
    ("explains itself", "raise ValueError('no such thing')", "exit status 1; last words: ValueError: no such thing"),
    ("hangs", "time.sleep(999)", "no answer to 'analyze' within 1s, nor to its cancellation"),
    ("hangs deaf to SIGTERM", "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(999)", "nor to its cancellation"),
    ("spins", "while True: pass", "nor to its cancellation"),
    ("closes its output", "os.close(1); time.sleep(999)", "it ended before it answered 'analyze'"),
    ("writes garbage", "os.write(1, bytes(range(128, 200)) + b'\\n')", "its output is no JSON, no JSON value begins so at byte 0"),
    ("writes escapes", "os.write(1, b'\\x1b[2Jhello\\n')", "at byte 0: \\u{1b}[2Jhello"),
    ("writes NaN", "os.write(1, b'{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":NaN}\\n')", "its output is no JSON"),
    ("nests deeply", "os.write(1, b'[' * 60000 + b'\\n')", "nested deeper than allowed at byte 64"),
    ("doubles a name", "os.write(1, b'{\"id\":2,\"id\":2}\\n')", "the name \"id\" stands twice"),
    ("answers another request", "write({'jsonrpc': '2.0', 'id': 99, 'result': {}})", "it answered request 99 instead of 2"),
    ("speaks no JSON-RPC", "write({'result': {}})", "is no JSON-RPC 2.0 answer: {\"result\":{}}"),
    ("gives no result", "write({'jsonrpc': '2.0', 'id': 2})", "an answer has neither 'result' nor 'error'"),
    ("gives facts of the wrong shape", "return {'facts': 'many'}", "'facts' is no list"),
    ("gives a list", "return [1]", "the result is no object"),
  ]

  @Test("costs that document, which is quarantined after two strikes", arguments: poisons.indices) func poison(_ index: Int) throws {
    let poison = HostilePluginTests.poisons[index]
    // Those that hang are waited for.
    let isSilent = poison.reason.hasSuffix("nor to its cancellation")
    let python = try HostilePluginTests.plugin(bad: poison.code, manifest: "limits: {start: 60s, deadline: \(isSilent ? 1 : 60)s}")
    #expect(python.extract("Northwind is well.").facts.count == 1)
    let finding = python.extract("Northwind is bad.")
    #expect(finding.facts == [])
    #expect(finding.postponed == [])
    let message = finding.diagnostics.map(\.message).joined()
    #expect(message.hasPrefix("'note.md' was not analysed by test, which failed on it twice: "))
    #expect(message.contains(poison.reason), "\(poison.name): \(message)")
    // The signal that ended it is only told where it was not the host's.
    #expect(!message.contains("signal 15") && !message.contains("signal 9"), "\(message)")
    let revision = Samples.document("Northwind is bad.").document.revision
    #expect(python.plugin.state.quarantined.keys.sorted() == [revision])
    let starts = python.plugin.state.starts
    // Others are served at once, by a fresh process; the document in quarantine is not sent again.
    #expect(python.extract("Northwind is well again.").facts.count == 1)
    #expect(python.plugin.state.starts == starts + 1)
    #expect(python.extract("Northwind is bad.").diagnostics.first?.message.contains("is in quarantine") == true)
    #expect(python.plugin.state.starts == starts + 1)
  }

  @Test("once, and does well on the second try, loses nothing") func flake() throws {
    let python = try HostilePluginTests.plugin(
      bad: "if not os.path.exists('mark'):\n  print('leave a mark', file=sys.stderr, flush=True)\n  os._exit(1)")
    #expect(python.extract("Northwind is bad.").facts.count == 1)
    #expect(python.plugin.state.quarantined == [:])
    #expect(python.plugin.state.failures == 1)
  }

  @Test("leaves no process behind, not even a grandchild that ignores SIGTERM and holds its pipes") func grandchild() throws {
    let python = try HostilePluginTests.plugin(
      bad: """
        child = os.fork()
        if child == 0:
          signal.signal(signal.SIGTERM, signal.SIG_IGN)
          while True: time.sleep(9)
        print("grandchild", child, file=sys.stderr, flush=True)
        os._exit(0)
        """)
    _ = python.extract("Northwind is bad.")
    let grandchild = try #require(python.log.number(after: "grandchild"))
    #expect(!isAlive(grandchild))
  }

  @Test("by leaving its process group is not let go", .enabled(if: Confinement.canFilter)) func escape() throws {
    let python = try HostilePluginTests.plugin(
      bad: "try: os.setsid()\nexcept OSError as error: return {'diagnostics': [{'message': type(error).__name__}]}")
    #expect(python.extract("bad").diagnostics.map(\.message) == ["PermissionError"])
  }

  @Test("by never reading is ended although the pipe is full") func neverReads() throws {
    let python = try PythonPlugin(
      """
      line = sys.stdin.readline()
      send(json.loads(line), result={"protocol": 1})
      time.sleep(999)
      """, manifest: "limits: {deadline: 300ms}")
    let text = String(repeating: "Northwind grows. ", count: 60_000)
    #expect(python.extract(text).diagnostics.first?.message.contains("no answer to 'analyze' within 300ms") == true)
  }

  @Test("by flooding standard error gets its answer through and fills no log") func stderrFlood() throws {
    let python = try HostilePluginTests.plugin(bad: "for number in range(50000): os.write(2, b'noise ' * 10 + b'\\n')")
    #expect(python.extract("Northwind is bad.").facts.count == 1)
    #expect(python.log.all.filter { $0.hasPrefix("noise") }.count == 5)
    python.clock.advance(seconds: 61)
    #expect(python.extract("Northwind is bad, too.").facts.count == 1)
    #expect(python.log.all.contains { $0.hasPrefix("suppressed ") && $0.hasSuffix(" lines in the minute before") })
  }

  @Test("by writing too much is stopped at its limit", arguments: ["b'x'", "b'x' * 1000 + b'\\n'"]) func stdoutFlood(_ chunk: String) throws
  {
    let python = try HostilePluginTests.plugin(
      bad: "while True: os.write(1, \(chunk))", manifest: "limits: {start: 60s, deadline: 60s, output: 64KiB}")
    let message = python.extract("Northwind is bad.").diagnostics.first?.message ?? ""
    #expect(message.contains("more than 64KiB of output for 'analyze'") || message.contains("its output is no JSON"), "\(message)")
    #expect(python.extract("Northwind is well.").facts.count == 1)
  }

  @Test("by taking memory is stopped by its limit") func memory() throws {
    let python = try HostilePluginTests.plugin(
      bad: "x = bytearray(1 << 30)", manifest: "limits: {start: 60s, deadline: 60s, memory: 256MiB}")
    #expect(python.extract("Northwind is bad.").diagnostics.first?.message.contains("last words: MemoryError") == true)
  }

  @Test("before it is asked anything is left alone, longer each time, and tried again") func crashAtStart() throws {
    let python = try PythonPlugin("print('no configuration', file=sys.stderr); sys.exit(3)")
    let finding = python.extract("A.")
    #expect(finding.postponed == ["test"])
    #expect(
      finding.diagnostics.map(\.message) == [
        "'note.md' is not yet analysed by test: it did not start: it ended before it answered 'initialize', exit status 3; last words: no configuration"
      ])
    #expect(python.plugin.state.status == .waiting(until: 1_000_000_000))
    #expect(python.plugin.state.lastExit == .exited(3))
    #expect(python.plugin.state.quarantined == [:])
    #expect(python.extract("B.").postponed == ["test"])
    #expect(python.plugin.state.starts == 1)
    python.clock.advance(seconds: 1)
    _ = python.extract("B.")
    #expect(python.plugin.state.starts == 2)
    #expect(python.plugin.state.status == .waiting(until: 3_000_000_000))
    python.clock.advance(seconds: 2)
    python.plugin.probe()
    #expect(python.plugin.state.starts == 3)
  }

  @Test("at its start and recovers is used again") func recovery() throws {
    let python = try PythonPlugin(
      """
      if not os.path.exists('mark'):
        print('leave a mark', file=sys.stderr, flush=True)
        sys.exit(1)
      serve(lambda document: {"facts": [fact(document, 0, 9)]})
      """)
    #expect(python.extract("Northwind.").postponed == ["test"])
    python.clock.advance(seconds: 1)
    #expect(python.extract("Northwind.").facts.count == 1)
    #expect(python.plugin.state.status.name == "running")
  }

  @Test("by not starting in time is ended") func slowStart() throws {
    let python = try PythonPlugin("time.sleep(999)", manifest: "limits: {start: 200ms}")
    #expect(python.extract("A.").diagnostics.first?.message.contains("no answer to 'initialize' within 200ms") == true)
  }

  @Test("by talking before the handshake has broken the protocol") func noiseAtStart() throws {
    let python = try PythonPlugin("print('Loading model…', flush=True)\nserve(lambda document: {})")
    #expect(python.extract("A.").diagnostics.first?.message.contains("no JSON value begins so at byte 0: Loading model…") == true)
  }

  @Test("by speaking another protocol is disabled, with both numbers, and not tried again") func protocolMismatch() throws {
    let python = try PythonPlugin("serve(lambda document: {}, protocol=99)")
    let finding = python.extract("A.")
    #expect(
      finding.diagnostics.map(\.message) == [
        "'note.md' was not analysed by test, which is disabled: the plugin speaks protocol 99, this Bellwether speaks protocol 1; install a matching version of the plugin"
      ])
    #expect(finding.postponed == [])
    python.clock.advance(seconds: 100_000)
    _ = python.extract("B.")
    python.plugin.probe()
    #expect(python.plugin.state.starts == 1)
    #expect(python.plugin.state.status.name == "disabled")
  }

  @Test("by its manifest's protocol is not even started") func manifestMismatch() throws {
    let python = try PythonPlugin("", manifest: "protocol: 2")
    #expect(python.extract("A.").diagnostics.first?.message.contains("speaks protocol 2, this Bellwether speaks protocol 1") == true)
    #expect(python.plugin.state.starts == 1)
    #expect(python.plugin.state.status.name == "disabled")
  }

  @Test("between documents is noticed and started afresh") func deathBetween() throws {
    let python = try PythonPlugin("serve(lambda document: {'facts': [fact(document, 0, 9)]})")
    _ = python.extract("Northwind.")
    guard case .running(let pid) = python.plugin.state.status else {
      Issue.record("not running")
      return
    }
    kill(pid, SIGKILL)
    while isAlive(pid) { sched_yield() }
    python.plugin.probe()
    #expect(python.plugin.state.lastError?.contains("killed by signal 9") == true)
    #expect(python.extract("Northwind!").facts.count == 1)
    #expect(python.plugin.state.quarantined == [:])
  }

  @Test("by talking between documents is started afresh, and no answer is mistaken for another's") func noiseBetween() throws {
    let python = try PythonPlugin(
      """
      def analyze(document):
        os.write(1, b'{"jsonrpc":"2.0","id":2,"result":{}}\\n{"jsonrpc":"2.0","id":3,"result":{}}\\n')
      serve(analyze)
      """)
    #expect(python.extract("Northwind.").diagnostics == [])
    _ = python.extract("Northwind!")
    #expect(python.plugin.state.starts == 2)
    #expect(python.log.all.contains { $0.contains("wrote to standard output without being asked") })
  }
}

@Suite("A plugin is confined") struct ConfinementTests {
  /// What the plugin says of an attempt: the exception's name, or "allowed".
  func attempt(_ code: String) throws -> String? {
    let python = try PythonPlugin(
      """
      def analyze(document):
        try:
          \(code)
          outcome = "allowed"
        except Exception as error:
          outcome = type(error).__name__
        return {"diagnostics": [{"message": outcome}]}
      serve(analyze)
      """)
    return python.extract("A.").diagnostics.first?.message
  }

  @Test(
    "from files that are not its own", .enabled(if: Confinement.landlockABI > 0),
    arguments: [
      "open('\(#filePath)').read()", "os.listdir('/tmp')", "os.listdir('/home')", "open('/tmp/x', 'w')", "open('own', 'w')",
      "open('/etc/shadow')",
    ])
  func files(_ code: String) throws {
    #expect(try attempt(code) == "PermissionError")
  }

  @Test("but not from its own folder and its interpreter") func own() throws {
    #expect(try attempt("open('main.py').read(); open('/dev/null', 'w').write('x'); import sqlite3") == "allowed")
  }

  @Test("from the network", .enabled(if: Confinement.canFilter), arguments: ["AF_INET", "AF_INET6", "AF_NETLINK"]) func network(
    _ family: String
  ) throws {
    #expect(
      try attempt("socket.socket(socket.\(family), socket.SOCK_RAW if '\(family)' == 'AF_NETLINK' else socket.SOCK_STREAM)")
        == "PermissionError")
    #expect(try attempt("socket.socket(socket.AF_UNIX)") == "allowed")
  }

  @Test("from signalling the daemon", .enabled(if: Confinement.landlockABI >= 6)) func signals() throws {
    #expect(try attempt("os.kill(os.getppid(), 0)") == "PermissionError")
  }

  @Test("from what the daemon has open and in its environment") func inheritance() throws {
    setenv("BELLWETHER_CANARY", "secret", 1)
    let open = open("/dev/null", O_RDONLY)
    defer { close(open) }
    let python = try PythonPlugin(
      """
      def is_open(number):
        try: os.fstat(number); return True
        except OSError: return False
      def analyze(document):
        words = [str([n for n in range(3, 100) if is_open(n)]), " ".join(sorted(os.environ))]
        return {"diagnostics": [{"message": " ".join(words)}]}
      serve(analyze)
      """)
    #expect(
      python.extract("A.").diagnostics.map(\.message) == [
        "[] BELLWETHER_PLUGIN BELLWETHER_PROTOCOL HOME LANG LC_CTYPE PATH PYTHONDONTWRITEBYTECODE TZ"
      ]
        || python.extract("A.").diagnostics.map(\.message) == [
          "[] BELLWETHER_PLUGIN BELLWETHER_PROTOCOL HOME LANG PATH PYTHONDONTWRITEBYTECODE TZ"
        ])
  }
}
