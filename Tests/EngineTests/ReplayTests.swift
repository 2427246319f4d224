import Analysis
import Configuration
import Documents
import Storage
import TestSupport
import Testing

@testable import Engine

/// What would have been warned when: no look-ahead, and the same as living through it.
@Suite struct ReplayTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  private struct Sample {
    var assembly: Assembly
    var readings: [Checker.Reading]
    var backtest: Backtest { Backtest(assembly: assembly) }

    init() throws {
      let configuration = try Configuration.load("\(ReplayTests.root)/Examples/bellwether.yaml")
      let resources = Resources(plugins: "\(ReplayTests.root)/Plugins", entities: "\(ReplayTests.root)/Config/entities")
      assembly = try Assembly.load(configuration, resources: resources)
      var problems: [SetupError] = []
      let checker = Checker(assembly: assembly)
      readings = Checker.expand(["\(ReplayTests.root)/Examples/notes"], kinds: NoteKinds(configuration), problems: &problems).map {
        checker.read($0)
      }
      #expect(problems.isEmpty && readings.count > 10)
    }

    var days: [CalendarDate] {
      Set(readings.compactMap { if case .success(let output) = $0.result { output.document.published?.end } else { nil } }).sorted()
    }
  }

  @Test func `what comes later changes nothing earlier, on any day`() throws {
    let sample = try Sample()
    let all = sample.backtest.run(sample.readings).steps
    #expect(all.count > 4)
    for day in sample.days {
      let known = sample.backtest.run(sample.readings, to: day).steps
      #expect(known == all.filter { $0.day <= day }, "\(day)")
    }
    // Nor does the order in which the notes are given.
    #expect(sample.backtest.run(sample.readings.reversed()).steps == all)
  }

  @Test func `living through the days raises and withdraws what the replay says`() async throws {
    let sample = try Sample()
    let steps = sample.backtest.run(sample.readings).steps
    try await withTemporaryDirectory { folder in
      let store = try Store(path: "\(folder)/bellwether.sqlite")
      var lived: [String] = []
      for day in sample.days {
        let outcomes = sample.readings.compactMap { reading -> NoteOutcome? in
          guard case .success(let output) = reading.result, output.document.published?.end == day else { return nil }
          return NoteOutcome(
            key: NoteKey(folder: "/notes", path: Array(reading.path.utf8)), displayPath: reading.path,
            stamp: FileStamp(
              device: 1, inode: UInt64(reading.path.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }), size: 1, modified: 1,
              changed: 1),
            cause: .news, analysis: "a", result: .document(output.document, facts: output.facts, analysed: true))
        }
        let assembly = sample.assembly
        let correlation = Correlation(
          today: day, sinks: [], follows: { assembly.follows($0) }, correlate: { assembly.correlate($0) })
        for change in try store.commit(outcomes, now: Int64(day.daysSinceEpoch) * 86_400_000, correlation: correlation).alertChanges {
          switch change.what {
          case .raised, .reopened: lived.append("\(day) raised \(change.alert.severity) \(change.alert.title)")
          case .escalated, .withdrawn: lived.append("\(day) \(change.what.rawValue) \(change.alert.severity) \(change.alert.title)")
          default: break
          }
        }
      }
      #expect(lived.sorted() == steps.map { "\($0.day) \($0.what.rawValue) \($0.alert.severity) \($0.alert.title)" }.sorted())
    }
  }

  @Test func `a lead is the time from an alert to the first event it warns of, and needs a later note`() throws {
    let sample = try Sample()
    func lead(_ notes: [(String, String)]) throws -> [Backtest.Lead] {
      let readings = try notes.map { date, text -> Checker.Reading in
        let bytes = Array("---\ndate: \(date)\n---\n\n\(text)\n".utf8)
        let output = try sample.assembly.pipeline.run(bytes, path: "\(date).md", hints: ReadingHints(fileName: "\(date).md"))
        return Checker.Reading(path: "\(date).md", result: .success(output))
      }
      return sample.backtest.leads(sample.backtest.run(readings).steps, readings).filter { $0.alert.rule == "releases.delay" }
    }
    let delay = ("2026-01-10", "Northwind Labs has delayed Aurora 3.")
    let end = ("2026-03-01", "Northwind Labs has abandoned Aurora 3.")
    #expect(try lead([delay]).map(\.days) == [nil])
    #expect(try lead([delay, end]).map(\.days) == [50])
    #expect(try lead([delay, end]).first?.event?.path == "2026-03-01.md")
    #expect(try lead([delay, ("2026-03-01", "Contoso AI has abandoned Meridian 2.")]).map(\.days) == [nil])
  }
}
