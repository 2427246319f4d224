import ArgumentParser
import Documents
import Foundation
import Language

struct DuplicatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates", abstract: "Print pairs of near-duplicate texts.",
    discussion: "Reads {\"id\",\"text\"} lines from standard input, writes a line for every pair with its similarity.")

  @Flag(help: "JSON lines in and out (the only format).") var jsonl = false

  private struct Line: Decodable {
    var id: String
    var text: String
  }

  func run() throws {
    try guarded {
      var ids: [String] = []
      var fingerprints: [Fingerprint] = []
      var number = 0
      var bad = 0
      while let line = readLine() {
        number += 1
        guard !line.isEmpty else { continue }
        do {
          let entry = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
          ids.append(entry.id)
          fingerprints.append(Fingerprint(of: Array(entry.text.utf8)))
        } catch {
          bad += 1
          Terminal.say("standard input:\(number): no object with the texts id and text; the line is passed over")
        }
      }
      var json = JSONWriter(reserving: 65_536)
      for pair in NearDuplicates().pairs(among: fingerprints) {
        json.beginObject()
        json.member("schema", "bellwether.duplicate/v1")
        json.member("a", ids[pair.a])
        json.member("b", ids[pair.b])
        json.key("similarity")
        json.double((pair.similarity * 10_000).rounded() / 10_000)
        json.endObject()
        json.newline()
      }
      try Terminal.out(json.bytes)
      if bad > 0 { throw ExitCode(2) }
    }
  }
}
