import Analysis
import Configuration
import Documents
import Glibc
import Language
import Synchronization

@testable import PluginHost

/// A temporary folder, gone with its last user.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/bellwether-plugins.XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder")
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { TemporaryFolder.remove(path) }

  func write(_ text: String, to name: String, mode: mode_t = 0o644) {
    var parent = path
    for part in name.split(separator: "/").dropLast() {
      parent += "/\(part)"
      mkdir(parent, 0o755)
    }
    guard let file = fopen("\(path)/\(name)", "we") else { return }
    fputs(text, file)
    fclose(file)
    chmod("\(path)/\(name)", mode)
  }

  private static func remove(_ path: String) {
    for name in Files.names(in: path) where unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    rmdir(path)
  }
}

/// A clock that only tests turn.
final class ManualClock: MonotonicClock {
  private let value = Mutex<UInt64>(0)
  var elapsed: UInt64 { value.withLock { $0 } }
  func advance(seconds: UInt64) { value.withLock { $0 += seconds * 1_000_000_000 } }
}

/// A plugin in Python, made for one test, and what it logged.
struct PythonPlugin {
  let folder: TemporaryFolder
  let plugin: ProcessPlugin
  let clock = ManualClock()
  let log = LogBook()

  /// - Parameters:
  ///   - body: runs after `serve`, `send` and the imports are defined.
  ///   - manifest: further lines of `plugin.yaml`.
  init(_ body: String, manifest: String = "limits: {start: 60s, deadline: 60s}", config: JSONValue = .object([:])) throws {
    folder = TemporaryFolder()
    folder.write("id: test\nversion: '1'\nkind: process\ncommand: [python3, main.py]\n\(manifest)\n", to: "plugin.yaml")
    folder.write(PythonPlugin.prelude + body + "\n", to: "main.py")
    let loaded = try PluginFolder.load(folder.path)
    let log = log
    let place = folder.path
    plugin = ProcessPlugin(
      loaded, config: try loaded.manifest.configuration(config), clock: clock, chance: { 0 },
      log: { _, line in
        log.append(line)
        // The plugin cannot write: it asks for a mark that its next process will see.
        if line == "leave a mark" { fclose(fopen("\(place)/mark", "we")) }
      })
  }

  func extract(_ text: String) -> Finding { plugin.extract(Samples.document(text)) }

  private static let prelude = """
    import json, os, signal, socket, sys, time

    def write(message):
      print(json.dumps(message), flush=True)

    def send(request, **outcome):
      write({"jsonrpc": "2.0", "id": request["id"], **outcome})

    def fact(document, start, end, **more):
      return {"kind": "note", "subject": ["Northwind"], "start": start, "end": end, **more}

    def serve(analyze, protocol=1):
      for line in sys.stdin:
        request = json.loads(line)
        if request["method"] == "initialize":
          send(request, result={"name": "test", "version": "1", "protocol": protocol})
        elif request["method"] == "analyze":
          result = analyze(request["params"]["document"])
          if result is not None: send(request, result=result)
        elif "id" in request:
          send(request, result={})
          if request["method"] == "shutdown": break

    """ + "\n"
}

final class LogBook: Sendable {
  private let lines = Mutex<[String]>([])
  func append(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
  /// The number after `word` in the first line that begins with it.
  func number(after word: String) -> Int32? {
    all.first { $0.hasPrefix(word) }.flatMap { Int32($0.dropFirst(word.count).drop { $0 == " " }) }
  }
}

enum Samples {
  /// A document of one paragraph; sentences end at ". ". `entities` are mentions of organisations, `dates` of days.
  static func document(_ text: String, entities: [String] = [], dates: [String: String] = [:], money: [String: Double] = [:])
    -> AnnotatedDocument
  {
    let bytes = Array(text.utf8)
    let all = ByteSpan(0, bytes.count)
    let document = Document(
      revision: SHA256.hex(bytes), format: .plainText, isConverted: false, source: bytes, text: bytes, map: .identity(count: bytes.count),
      blocks: [Block(kind: .paragraph, role: .body, text: all, source: all)], title: "A note")
    var annotation = Annotation()
    var start = 0
    for offset in bytes.indices where bytes[offset] == 0x2E && (offset + 1 == bytes.count || bytes[offset + 1] == 0x20) {
      annotation.sentences.append(Sentence(span: ByteSpan(start, offset + 1), tokens: 0..<0, block: 0))
      start = offset + 2
    }
    func add(_ words: String, _ value: Mention.Value) {
      guard let range = text.firstRange(of: words) else { return }
      let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      let span = ByteSpan(start, start + words.utf8.count)
      annotation.mentions.append(Mention(span: span, core: span, tokens: 0..<0, value: value))
    }
    for name in entities {
      add(name, .entity(EntityValue(kind: .organization, id: FactDecoder.slug(name), name: name, origin: .gazetteer)))
    }
    for (words, day) in dates { add(words, .time(TimeValue(kind: .date, value: day, timex: day))) }
    for (words, amount) in money {
      add(words, .quantity(QuantityValue(kind: .money, value: "\(Int(amount)) USD", number: amount, currency: "USD", change: .exact)))
    }
    annotation.mentions.sort { $0.span < $1.span }
    return AnnotatedDocument(path: "note.md", document: document, annotation: annotation)
  }
}

/// Whether a process is there and no zombie.
func isAlive(_ pid: Int32) -> Bool {
  guard let bytes = try? Files.bytes("/proc/\(pid)/stat", limit: 4_096).get() else { return false }
  let state = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ").first
  return state != "Z" && state != "X"
}
