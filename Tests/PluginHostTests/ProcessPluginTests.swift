import Analysis
import Configuration
import Documents
import Glibc
import Testing

@testable import PluginHost

@Suite("A process plugin") struct ProcessPluginTests {
  @Test("gives facts that rest on the exact bytes of the note") func facts() throws {
    let python = try PythonPlugin(
      """
      def analyze(document):
        text = document["text"].encode()
        start = text.index("Zürich".encode())
        return {"facts": [fact(document, start, start + 7, kind="place", object=["contoso-labs"], value="3 offices", number=3, when="2026-Q3",
          status="reported", source="Example Wire", polarity="positive", labels={"axis": "place"}, text="Zürich")],
          "diagnostics": [{"severity": "notice", "message": "one \\u001b[2J place"}]}
      serve(analyze)
      """)
    let document = Samples.document("Northwind öffnet in Zürich.", entities: ["Northwind"])
    let finding = python.plugin.extract(document)
    let fact = try #require(finding.facts.first)
    #expect(finding.facts.count == 1)
    #expect(fact.kind == "place")
    #expect(fact.rule == "test.place")
    #expect(fact.subject == [EntityRef(id: "northwind", name: "Northwind")])
    #expect(fact.object == [EntityRef(id: "contoso-labs", name: "contoso-labs")])
    #expect(fact.evidence == [Evidence(span: ByteSpan(21, 28), line: 1, text: "Zürich")])
    #expect(fact.value == "3 offices" && fact.number == 3 && fact.when == "2026-Q3")
    #expect(fact.status == .reported && fact.source == ["Example Wire"] && fact.polarity == .positive)
    #expect(fact.labels == ["axis": "place"])
    #expect(finding.diagnostics.map(\.message) == ["one \\u{1b}[2J place"])
    #expect(finding.postponed == [])
    #expect(python.plugin.extract(document).facts == finding.facts)
    #expect(python.plugin.state.starts == 1)
    #expect(python.plugin.state.announced == "test 1")
  }

  @Test("gets its configuration, the mentions and the sentences") func request() throws {
    let python = try PythonPlugin(
      """
      for line in sys.stdin:
        request = json.loads(line)
        if request["method"] == "initialize":
          config = request["params"]
          send(request, result={"protocol": 1})
        else:
          document = request["params"]["document"]
          words = [config["config"]["window"], str(config["protocol"]), config["plugin"], document["path"], document["title"],
            document["mentions"][0]["entity"], document["blocks"][0]["role"], str(document["sentences"][1]["start"]), str(document["publisher"])]
          send(request, result={"diagnostics": [{"message": " ".join(words)}]})
      """, manifest: "config: {window: 30d}", config: .object(["window": .string("90d")]))
    let finding = python.plugin.extract(Samples.document("One. Two at Northwind.", entities: ["Northwind"]))
    #expect(finding.diagnostics.map(\.message) == ["90d 1 test note.md A note northwind body 5 None"])
  }

  @Test(
    "has facts refused that do not fit the text",
    arguments: [
      ("fact(document, 0, 999)", "the span 0..<999 is empty or outside the text of 24 bytes"),
      ("fact(document, -1, 3)", "the span -1..<3 is empty or outside the text of 24 bytes"),
      ("fact(document, 5, 5)", "the span 5..<5 is empty or outside the text of 24 bytes"),
      ("fact(document, 9, 3)", "the span 9..<3 is empty or outside the text of 24 bytes"),
      ("fact(document, 0, 11)", "the span 0..<11 cuts a character"),
      ("fact(document, 0, 9.5)", "'start' and 'end' must be whole numbers"),
      ("fact(document, 0, 9, text='Northwinx')", "'text' is not what stands at 0..<9"),
      ("fact(document, 0, 9, kind='No Kind')", "'kind' must be small letters, digits and '_', a letter first"),
      ("fact(document, 0, 9, subject=[])", "'subject' must name at least one entity"),
      ("fact(document, 0, 9, when='soon')", "'when' must be YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Qn, YYYY-Hn or start/end"),
      ("fact(document, 0, 9, status='sure')", "'status' is unknown"),
      ("fact(document, 0, 9, value='a\\nb')", "'value' must be a text of at most 400 bytes"),
      ("7", "is no object"),
    ])
  func refusal(_ bad: String, _ reason: String) throws {
    let python = try PythonPlugin("serve(lambda document: {'facts': [\(bad), fact(document, 0, 9)]})")
    let finding = python.extract("Northwind öffnet Büros")
    #expect(finding.facts.map { $0.evidence[0].text } == ["Northwind"])
    #expect(finding.diagnostics.map(\.message) == ["refused 1 of the facts of test in 'note.md': fact 1: \(reason)"])
    #expect(python.plugin.state.refusedFacts == 1)
    #expect(python.plugin.state.failures == 0)
  }

  @Test("that answers with an error loses that document and goes on") func errorAnswer() throws {
    let python = try PythonPlugin(
      """
      for line in sys.stdin:
        request = json.loads(line)
        if request["method"] == "initialize": send(request, result={"protocol": 1})
        else: send(request, error={"code": -32000, "message": "too short"})
      """)
    #expect(python.extract("A.").diagnostics.map(\.message) == ["test gave an error for 'note.md': too short"])
    #expect(python.plugin.state.starts == 1)
    #expect(python.plugin.state.failures == 0)
    #expect(python.plugin.state.quarantined == [:])
  }

  @Test("is told when its time is over, and lives on if it answers") func cancellation() throws {
    let python = try PythonPlugin(
      """
      for line in sys.stdin:
        request = json.loads(line)
        if request["method"] == "initialize": send(request, result={"protocol": 1})
        elif request["method"] == "$/cancel": write({"jsonrpc": "2.0", "id": request["params"]["id"], "error": {"code": -32800, "message": "gave up"}})
      """, manifest: "limits: {deadline: 50ms}")
    #expect(python.extract("A.").diagnostics.map(\.message) == ["test gave an error for 'note.md': gave up"])
    #expect(python.plugin.state.status.name == "running")
  }

  @Test("answers several threads one after the other") func threads() async throws {
    let python = try PythonPlugin("serve(lambda document: {'facts': [fact(document, 0, 9, value=document['text'])]})")
    let plugin = python.plugin
    let values = await withTaskGroup(of: String?.self) { group in
      for number in 0..<20 { group.addTask { plugin.extract(Samples.document("Northwind \(number)")).facts.first?.value } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(values.compactMap { $0 }) == Set((0..<20).map { "Northwind \($0)" }))
    #expect(plugin.state.starts == 1)
  }

  @Test("is shut down, and not started again") func stop() throws {
    let python = try PythonPlugin("serve(lambda document: {})")
    _ = python.extract("A.")
    guard case .running(let pid) = python.plugin.state.status else {
      Issue.record("not running")
      return
    }
    python.plugin.stop()
    #expect(!isAlive(pid))
    #expect(python.plugin.state.lastExit == .exited(0))
    #expect(python.extract("A.").postponed == ["test"])
    #expect(python.plugin.state.starts == 1)
  }

  @Test("in the middle of a document is stopped at once, and the document postponed") func stopBusy() async throws {
    let python = try PythonPlugin(
      """
      def analyze(document):
        print("leave a mark", file=sys.stderr, flush=True)
        time.sleep(999)
      serve(analyze)
      """)
    let plugin = python.plugin
    let asked = Task.detached { plugin.extract(Samples.document("A.")) }
    while access("\(python.folder.path)/mark", F_OK) != 0 { await Task.yield() }
    plugin.stop()
    let finding = await asked.value
    #expect(finding.postponed == ["test"])
    #expect(plugin.state.quarantined == [:])
    #expect(plugin.state.status == .stopped)
  }

  @Test("has another version when its program or its configuration changes") func version() throws {
    let folder = TemporaryFolder()
    folder.write("id: test\nversion: '1'\nkind: process\ncommand: [python3, main.py]\nconfig: {a: 1}\n", to: "plugin.yaml")
    folder.write("one\n", to: "main.py")
    func plugin(_ config: Int) throws -> (PluginFolder, JSONValue) {
      (try PluginFolder.load(folder.path), .object(["a": .integer(config)]))
    }
    let (first, config) = try plugin(1)
    let running = ProcessPlugin(first, config: config)
    #expect(running.version.hasPrefix("1+"))
    #expect(running.isCurrent(first, config: config))
    let (same, other) = try plugin(2)
    #expect(!running.isCurrent(same, config: other))
    folder.write("two\n", to: "main.py")
    let (changed, _) = try plugin(1)
    #expect(!running.isCurrent(changed, config: config))
  }
}

@Suite("A plugin with mode oneshot") struct OneshotTests {
  static let manifest = "mode: oneshot\nlimits: {deadline: 60s}\nconfig: {kind: note}"

  @Test("reads one document and writes one") func oneshot() throws {
    let python = try PythonPlugin(
      """
      request = json.load(sys.stdin)
      json.dump({"facts": [fact(request["document"], 0, 9, kind=request["config"]["kind"])]}, sys.stdout, indent=2)
      """, manifest: OneshotTests.manifest)
    #expect(python.extract("Northwind.").facts.map(\.kind) == ["note"])
    #expect(python.extract("Northwind!").facts.count == 1)
    #expect(python.plugin.state.starts == 2)
    #expect(python.plugin.state.status.name == "idle")
  }

  @Test("is believed by its exit status before its output") func exitStatus() throws {
    let python = try PythonPlugin("print('{}'); sys.exit(3)", manifest: OneshotTests.manifest)
    let finding = python.extract("A.")
    #expect(finding.diagnostics.map(\.message) == ["'note.md' was not analysed by test, which failed on it twice: it ended, exit status 3"])
    #expect(finding.postponed == [])
  }

  @Test("is ended at its deadline") func hang() throws {
    let python = try PythonPlugin("while True: time.sleep(9)", manifest: "mode: oneshot\nlimits: {deadline: 100ms}")
    #expect(python.extract("A.").diagnostics.first?.message.contains("no result within 100ms") == true)
  }
}
