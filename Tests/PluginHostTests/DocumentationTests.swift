import Analysis
import Configuration
import Documents
import Glibc
import Testing

@testable import PluginHost

/// The transcript in `docs/plugins.md`, held against the host and the plugin it shows.
@Suite("The documented transcript") struct DocumentationTests {
  struct Message {
    var isRequest: Bool
    var json: JSONValue
  }

  static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  static func transcript() throws -> [Message] {
    let text = try Configuration.readText("\(root)/docs/plugins.md", limit: 1 << 20).get()
    let lines = text.split(separator: "\n").drop { $0 != "```transcript" }.dropFirst().prefix { $0 != "```" }
    var messages: [String] = []
    for line in lines {
      if line.hasPrefix("→") || line.hasPrefix("←") {
        messages.append(String(line))
      } else {
        messages[messages.count - 1] += line.drop { $0 == " " }
      }
    }
    return try messages.map { Message(isRequest: $0.hasPrefix("→"), json: try JSONValue(parsing: Array($0.dropFirst(2).utf8))) }
  }

  @Test("shows the document as the host sends it") func request() throws {
    let request = try #require(try DocumentationTests.transcript().first { $0.json["method"] == .string("analyze") })
    let shown = try #require(request.json["params"]?["document"])
    let document = Samples.document(
      shown["text"]?.stringValue ?? "", entities: ["Northwind", "Contoso Labs"], dates: ["1 March 2027": "2027-03-01"])
    #expect(DocumentMessage.json(document) == shown)
  }

  @Test("shows what the plugin answers") func answers() throws {
    let messages = try DocumentationTests.transcript()
    let folder = try PluginFolder.load("\(DocumentationTests.root)/Examples/plugins/deadline-words")
    let launch = Launch(
      program: "/usr/bin/python3", arguments: folder.manifest.command, environment: ["LANG=C.UTF-8"], directory: folder.path,
      limits: folder.manifest.limits, network: false)
    let child = try Child(launch, log: { Issue.record("standard error: \($0)") })
    var requests = 0
    for message in messages {
      if message.isRequest {
        requests += 1
        child.send(message.json.utf8 + [0x0A])
      } else if case .line(let bytes) = child.nextLine(until: Deadline(in: .seconds(60))) {
        #expect(try JSONValue(parsing: bytes) == message.json)
      } else {
        Issue.record("no answer to request \(requests)")
      }
    }
    #expect(requests == 4)
    #expect(child.terminate(patience: .seconds(60)) == .exited(0))
  }
}
