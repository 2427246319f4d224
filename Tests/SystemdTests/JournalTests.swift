import Synchronization
import Testing

@testable import Systemd

@Suite struct JournalTests {
  private final class Capture: Sendable {
    let entries = Mutex<[[String]]>([])
    let lines = Mutex<[String]>([])
    let now = Mutex<UInt64>(0)

    func writer(_ mode: JournalWriter.Mode, journalAccepts: Bool = true) -> JournalWriter {
      JournalWriter(
        mode: mode, identifier: "bellwether", now: { [self] in now.withLock { $0 } },
        sendNative: { [self] pairs in
          if journalAccepts { entries.withLock { $0.append(pairs.map { String(decoding: $0, as: UTF8.self) }) } }
          return journalAccepts
        }, sendLine: { [self] line in lines.withLock { $0.append(line) } })
    }

    var all: [[String]] { entries.withLock { $0 } }
    var text: [String] { lines.withLock { $0 } }
    func advance(_ seconds: UInt64) { now.withLock { $0 += seconds * 1_000_000_000 } }
  }

  @Test func anEntryHasItsFields() {
    let capture = Capture()
    capture.writer(.native).write(
      JournalEntry(
        .warning, "Alert raised", id: .alertRaised,
        fields: [("DOCUMENT", [0xFF, 0x0A]), ("bad name", [1]), ("BELLWETHER_RULE", Array("r".utf8))]))
    #expect(
      capture.all == [
        [
          "MESSAGE=Alert raised", "PRIORITY=4", "SYSLOG_IDENTIFIER=bellwether", "MESSAGE_ID=\(MessageID.alertRaised.rawValue)",
          "BELLWETHER_DOCUMENT=\u{FFFD}\n", "BELLWETHER_RULE=r",
        ]
      ])
  }

  @Test func aValueStaysInItsField() {
    let pairs = JournalEntry(.info, "a\nPRIORITY=0\n_UID=0").encoded(identifier: "x", prefix: "X_")
    #expect(pairs.count == 3)
    #expect(pairs[0] == Array("MESSAGE=a\nPRIORITY=0\n_UID=0".utf8))
  }

  @Test(arguments: ["_UID", "1ST", "low", "WITH SPACE", "A=B", "", String(repeating: "N", count: 65)])
  func namesTheJournalRefusesAreLeftOut(_ name: String) { #expect(!JournalEntry.isValidName(name)) }

  @Test func withoutTheJournalLinesCarryThePriority() {
    let capture = Capture()
    capture.writer(.prefixedLines).write(JournalEntry(.error, "two\nlines \u{1B}[2J"))
    capture.writer(.plainLines).write(JournalEntry(.error, "plain"))
    #expect(capture.text == ["<3>two / lines \\u{1b}[2J\n", "plain\n"])
  }

  @Test func whatTheJournalDoesNotTakeGoesToStandardError() {
    let capture = Capture()
    capture.writer(.native, journalAccepts: false).write(JournalEntry(.notice, "kept"))
    #expect(capture.text == ["<5>kept\n"])
  }

  @Test func whatIsLessUrgentThanTheThresholdIsNotWritten() {
    let capture = Capture()
    capture.writer(.plainLines).write(JournalEntry(.debug, "detail"))
    #expect(capture.text == [])
  }

  @Test func aFloodIsFiveEntriesAndThenOneSummaryAMinute() {
    let capture = Capture()
    let writer = capture.writer(.plainLines)
    for _ in 0..<1_000 { writer.write(JournalEntry(.warning, "again", id: .noteFailed, key: "a.md")) }
    #expect(capture.text.count == 5)
    writer.write(JournalEntry(.warning, "another", id: .noteFailed, key: "b.md"))
    #expect(capture.text.last == "another\n")

    capture.advance(61)
    writer.write(JournalEntry(.warning, "again", id: .noteFailed, key: "a.md"))
    #expect(capture.text.suffix(2) == ["suppressed 995 similar messages about a.md\n", "again\n"])
    for _ in 0..<10 { writer.write(JournalEntry(.warning, "again", id: .noteFailed, key: "a.md")) }
    #expect(capture.text.count == 8, "one window later the flood is still on")
  }

  @Test func aFloodThatIsOverIsAccountedFor() {
    let capture = Capture()
    let writer = capture.writer(.plainLines)
    for _ in 0..<8 { writer.write(JournalEntry(.warning, "again", key: "k")) }
    writer.flush()
    #expect(capture.text.count == 5)
    capture.advance(60)
    writer.flush()
    #expect(capture.text.last == "suppressed 3 similar messages about k\n")
    writer.write(JournalEntry(.warning, "again", key: "k"))
    #expect(capture.text.last == "again\n")
  }

  @Test func theLimitRemembersABoundedNumberOfKinds() {
    var limit = RateLimit(burst: 1, window: 100, capacity: 10)
    for index in 0..<1_000 { _ = limit.admit(nil, key: "\(index)", now: 0) }
    #expect(limit.flush(now: 100).reduce(0) { $0 + $1.suppressed } == 1_000 - 10 - 1)
  }

  @Test func messageIdsAreDistinct128BitNumbers() {
    #expect(Set(MessageID.allCases.map(\.rawValue)).count == MessageID.allCases.count)
    for id in MessageID.allCases {
      #expect(id.rawValue.utf8.count == 32)
      #expect(id.rawValue.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }
  }
}
