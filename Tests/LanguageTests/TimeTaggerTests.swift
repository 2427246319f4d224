import Documents
import Testing

@testable import Language

private let annotator = Annotator()

/// "[span] value" of every time in the text, read on Wednesday 2025-07-23.
private func times(_ text: String, culture: AnnotationContext.Culture = .enUS) -> [String] {
  found(text, culture: culture).map { "[\($0.text)] \($0.time.value)" }
}

private func found(_ text: String, culture: AnnotationContext.Culture = .enUS) -> [(text: String, core: String, time: TimeValue)] {
  let bytes = Array(text.utf8)
  let context = AnnotationContext(reference: CalendarDate(year: 2025, month: 7, day: 23), referenceSecond: 36000, culture: culture)
  return annotator.annotate(bytes, context: context).mentions.compactMap { mention in
    guard case .time(let time) = mention.value else { return nil }
    return (
      String(decoding: bytes[mention.span.range], as: UTF8.self), String(decoding: bytes[mention.core.range], as: UTF8.self), time
    )
  }
}

private func timex(_ text: String) -> [String] { found(text).map(\.time.timex) }

@Suite struct TimeTaggerTests {
  @Test(arguments: [
    ("Northwind opened on 4 March 2019.", "[4 March 2019] 2019-03-04"), ("Ada left on Oct. 13, 1989.", "[Oct. 13, 1989] 1989-10-13"),
    ("It was signed 2019-01-04.", "[2019-01-04] 2019-01-04"), ("It was signed 1/4/2019.", "[1/4/2019] 2019-01-04"),
    ("It ends 23.07.2025.", "[23.07.2025] 2025-07-23"), ("Sales fell in Feb 2023.", "[Feb 2023] 2023-02-01/2023-03-01"),
    ("Northwind has grown from 2010.", "[2010] 2010-01-01/2011-01-01"), ("07/23 2025 535 posts were cut.", "[07/23 2025] 2025-07-23"),
    ("It ran since August 2021.", "[since August 2021] 2021-08-01/"), ("It closed before 2018.", "[before 2018] /2018-01-01"),
    ("We meet the day after tomorrow.", "[the day after tomorrow] 2025-07-25"), ("We met yesterday.", "[yesterday] 2025-07-22"),
    ("It fell in the first half of 2023.", "[the first half of 2023] 2023-01-01/2023-07-01"),
    ("It closed in Q4 2024.", "[Q4 2024] 2024-10-01/2025-01-01"), ("It closed in 3Q24.", "[3Q24] 2024-07-01/2024-10-01"),
    ("It fell at the end of October 2025.", "[end of October 2025] 2025-10-21/2025-11-01"),
    ("Next week we ship.", "[Next week] 2025-07-28/2025-08-04"), ("It broke two weeks ago.", "[two weeks ago] 2025-07-09"),
    ("We will ship in 3 days.", "[in 3 days] 2025-07-26"), ("It takes 2 hours and 30 minutes.", "[2 hours and 30 minutes] PT2H30M"),
    ("She waited half an hour.", "[half an hour] PT0.5H"), ("They meet every other week.", "[every other week] P2W"),
    ("They meet each Monday at 4pm.", "[each Monday at 4pm] XXXX-WXX-1T16"),
    ("It began at 3:30 p.m. sharp.", "[3:30 p.m. sharp] T15:30:00"),
    ("Call tomorrow at 9am.", "[tomorrow at 9am] 2025-07-24T09:00:00"),
    ("He ran from 2014 to 2018.", "[from 2014 to 2018] 2014-01-01/2018-01-01"),
    ("It rained July 13-15, 2024.", "[July 13-15, 2024] 2024-07-13/2024-07-15"),
    ("The 1990s were quiet.", "[The 1990s] 1990-01-01/2000-01-01"),
    ("It grew over the past two years.", "[past two years] 2023-01-01/2025-01-01"),
    ("Thanksgiving 2024 was cold.", "[Thanksgiving 2024] 2024-11-28"),
  ])
  func reads(text: String, expected: String) { #expect(times(text) == [expected]) }

  @Test(arguments: [
    "She may march on.", "The second attempt failed.", "It weighs 5/8 of a pound.", "He sat in the sun.", "We hired 2000 workers.",
    "Call +86 138-2010-2015 for help.", "Quill is 37 years old.", "Support is there 24/7.", "We fall behind.", "Version 2.10 works.",
  ])
  func leavesAlone(text: String) { #expect(times(text) == []) }

  @Test func readsTwoQuartersOfOneSentence() {
    #expect(
      times("It spanned Q4 2024 and early quarter of 2025.") == [
        "[Q4 2024] 2024-10-01/2025-01-01", "[early quarter of 2025] 2025-01-01/2025-04-01",
      ])
  }

  @Test func aYearSaidLastCountsForThoseBeforeIt() {
    #expect(times("Q1 and Q2 2024 were weak.") == ["[Q1] 2024-01-01/2024-04-01", "[Q2 2024] 2024-04-01/2024-07-01"])
    #expect(times("It doubled in 2023/24.") == ["[2023/24] 2023-01-01/2024-01-01"])
  }

  @Test func countsFromWhatWasNamedLast() {
    #expect(
      timex("In April 2023 Northwind hired her. The following month she left. That year it lost money.") == ["2023-04", "2023-05", "2023"])
    #expect(times("Over the weekend the team met.") == ["[the weekend] 2025-07-19/2025-07-21"])
  }

  @Test func hugeNumbersAreNoTimes() { #expect(times("999999999999999999999999 tuesdays ago") == []) }

  @Test func orderOfDayAndMonthFollowsTheCulture() {
    #expect(times("It opened on 5/3/2018.", culture: .enGB) == ["[5/3/2018] 2018-03-05"])
    #expect(times("It opened on 5/3/2018.") == ["[5/3/2018] 2018-05-03"])
    #expect(times("It opened on 23/8/2018.") == ["[23/8/2018] 2018-08-23"])
  }

  @Test func tenseDecidesWhichWeekday() {
    #expect(timex("Northwind said Friday that Ada left.") == ["2025-07-18"])
    #expect(timex("Ada will leave Northwind on Friday.") == ["2025-07-25"])
    #expect(timex("The offer stands until Tuesday.") == ["2025-07-29"])
  }

  @Test func speaksTimeML() {
    #expect(timex("It rose early last year.") == ["2024"])
    #expect(timex("It rose in the third quarter of 1998.") == ["1998-Q3"])
    #expect(timex("It rose last week.") == ["2025-W29"])
    #expect(timex("It lasted several months.") == ["PXM"])
    #expect(timex("It was late Friday evening, now it is day.").contains("PRESENT_REF"))
  }

  @Test func coreIsWithoutPreposition() {
    let since = found("It has grown since August 2021.")
    #expect(since.map(\.core) == ["August 2021"])
    #expect(
      since.first?.time.interval
        == DayInterval(start: CalendarDate(year: 2021, month: 8, day: 1), end: CalendarDate(year: 2021, month: 9, day: 1)))
  }

  @Test func headingsGiveTheYear() {
    let text = Array("April–Sep 2024\nOn April 18 the model came out.".utf8)
    let heading = ByteSpan(0, 16)
    let body = ByteSpan(17, text.count)
    let blocks = [
      Block(kind: .heading, role: .heading, text: heading, source: heading, level: 2),
      Block(kind: .paragraph, role: .body, text: body, source: body, heading: 0),
    ]
    let context = AnnotationContext(reference: CalendarDate(year: 2025, month: 7, day: 23))
    let values = annotator.annotate(text, blocks: blocks, context: context).mentions.compactMap { mention -> String? in
      guard case .time(let time) = mention.value else { return nil }
      return time.value
    }
    #expect(values.last == "2024-04-18")
  }

  @Test func tablesGiveTheYearByColumnAndByRow() {
    // Three rows of three cells, set off by tabs.
    let lines = ["launch\t2023\t2024", "Aurora\tApril 18\tMay 2", "2022\tthree\tQ3"]
    let text = Array(lines.joined(separator: "\n").utf8)
    var blocks: [Block] = []
    var start = 0
    for (index, line) in lines.enumerated() {
      var cells: [ByteSpan] = []
      var at = start
      for cell in line.split(separator: "\t") {
        cells.append(ByteSpan(at, at + cell.utf8.count))
        at += cell.utf8.count + 1
      }
      let span = ByteSpan(start, start + line.utf8.count)
      blocks.append(Block(kind: .tableRow, role: .table, text: span, source: span, cells: cells, headerRow: index == 0 ? nil : 0))
      start += line.utf8.count + 1
    }
    let context = AnnotationContext(reference: CalendarDate(year: 2025, month: 7, day: 23))
    func values(_ blocks: [Block]) -> [String] {
      annotator.annotate(text, blocks: blocks, context: context).mentions.compactMap { mention in
        guard case .time(let time) = mention.value else { return nil }
        return time.timex
      }
    }
    #expect(values(blocks) == ["2023", "2024", "2023-04-18", "2024-05-02", "2022", "2024-Q3"])
    // Without years above the columns, the row's own counts.
    var plain = blocks
    plain[2].headerRow = 1
    #expect(values(plain).last == "2022-Q3")
  }

  @Test func anEarlierDateOfTheParagraphGivesTheYear() {
    #expect(timex("In March 2023 Northwind hired Quill. In July it let her go.") == ["2023-03", "2023-07"])
  }

  @Test func withoutAReferenceOnlyFullDatesHaveValues() {
    let bytes = Array("On 5 May 2020 it began; it ended on 6 June.".utf8)
    let values = annotator.annotate(bytes).mentions.compactMap { mention -> String? in
      guard case .time(let time) = mention.value else { return nil }
      return "\(time.value) \(time.timex)"
    }
    #expect(values == ["2020-05-05 2020-05-05", " XXXX-06-06"])
  }

  @Test func dayThatDoesNotExistHasNoValue() {
    #expect(found("It was due 2/30/2019.").map(\.time.value) == [""])
  }
}
