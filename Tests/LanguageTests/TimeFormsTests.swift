import Documents
import Testing

@testable import Language

private let annotator = Annotator()

/// "[span] value" of every time in the text, read on Wednesday 2025-07-23 at ten.
private func times(_ text: String, culture: AnnotationContext.Culture = .enUS) -> [String] {
  let bytes = Array(text.utf8)
  let context = AnnotationContext(reference: CalendarDate(year: 2025, month: 7, day: 23), referenceSecond: 36000, culture: culture)
  return annotator.annotate(bytes, context: context).mentions.compactMap { mention in
    guard case .time(let time) = mention.value else { return nil }
    return "[\(String(decoding: bytes[mention.span.range], as: UTF8.self))] \(time.value)"
  }
}

private func timexes(_ text: String) -> [String] {
  let context = AnnotationContext(reference: CalendarDate(year: 2025, month: 7, day: 23), referenceSecond: 36000)
  return annotator.annotate(Array(text.utf8), context: context).mentions.compactMap { mention in
    guard case .time(let time) = mention.value else { return nil }
    return time.timex
  }
}

/// Further forms in which people write times; every value is worked out from the calendar of 2025.
@Suite struct TimeFormsTests {
  @Test(arguments: [
    ("They met the night before last.", "[night before last] 2025-07-21T20:00:00/2025-07-21T23:59:59"),
    ("It opened a year ago today.", "[a year ago today] 2024-07-23"),
    ("It opened two weeks ago yesterday.", "[two weeks ago yesterday] 2025-07-08"),
    ("It broke a week or so ago.", "[a week or so ago] 2025-07-16"),
    ("They will meet on Tuesday week.", "[Tuesday week] 2025-08-05"), ("They will meet a week on Monday.", "[a week on Monday] 2025-08-04"),
    ("They will meet this coming weekend.", "[this coming weekend] 2025-07-26/2025-07-28"),
    ("It starts in 2 hours' time.", "[in 2 hours' time] 2025-07-23T12:00:00"),
    ("It came on May 4 last year.", "[May 4 last year] 2024-05-04"), ("It will come on 4 May next year.", "[4 May next year] 2026-05-04"),
    ("They met the weekend after Thanksgiving.", "[the weekend after Thanksgiving] 2025-11-29/2025-12-01"),
    ("Done by year-end 2026 at last.", "[by year-end 2026] /2026-12-31"),
    ("Sales rose in 2017 spring.", "[2017 spring] 2017-03-20/2017-06-21"),
    ("Sales rose in winter 2023/24.", "[winter 2023/24] 2023-12-21/2024-03-20"),
    ("Sales rose in early spring.", "[early spring] 2025-03-20/2025-06-21"),
    ("Sales rose in the final quarter of 2024.", "[final quarter of 2024] 2024-10-01/2025-01-01"),
    ("Sales rose in the closing months of 2024.", "[closing months of 2024] 2024-09-01/2025-01-01"),
    ("Sales rose in the latter part of 2024.", "[the latter part of 2024] 2024-07-01/2025-01-01"),
    ("Sales rose in the first few days of June.", "[first few days of June] 2025-06-01/2025-06-11"),
    ("Sales rose later in 2024.", "[later in 2024] 2024-07-01/2025-01-01"), ("Sales rose mid-year.", "[mid-year] 2025-05-01/2025-09-01"),
    ("Sales rose over the past decade.", "[past decade] 2015-07-23/2025-07-23"),
  ])
  func `Periods and days are counted and cut`(text: String, expected: String) { #expect(times(text) == [expected]) }

  @Test(arguments: [
    ("It began at half seven.", "[half seven] T07:30:00"), ("It began at 12 noon.", "[12 noon] T12:00:00"),
    ("It began at 12 midnight.", "[12 midnight] T00:00:00"), ("It began at 1800 hrs.", "[1800 hrs] T18:00:00"),
    ("It began at noon on the 5th.", "[noon on the 5th] 2025-08-05T12:00:00"),
    ("It began on the 27 at 6pm.", "[the 27 at 6pm] 2025-07-27T18:00:00"),
    ("It began at 14:00 UTC on 5 May 2026.", "[14:00 UTC on 5 May 2026] 2026-05-05T14:00:00"),
    ("It began 2024-03-05T14:30:00Z.", "[2024-03-05T14:30:00Z] 2024-03-05T14:30:00"),
    ("It began 2024-03-05T14:30:00+02:00.", "[2024-03-05T14:30:00+02:00] 2024-03-05T14:30:00"),
  ])
  func `Clocks are read with their zones and halves`(text: String, expected: String) { #expect(times(text) == [expected]) }

  @Test(arguments: [
    ("It lasted 5 1/2 hours.", "[5 1/2 hours] PT5.5H"), ("It lasted 2½ hours.", "[2½ hours] PT2.5H"),
    ("It lasted two-and-a-half years.", "[two-and-a-half years] P2.5Y"), ("It lasted 5 min 30 s.", "[5 min 30 s] PT5M30S"),
    ("It lasted 3 minutes, 15s.", "[3 minutes, 15s] PT3M15S"), ("It lasted a few more minutes.", "[a few more minutes] PT3M"),
    ("They meet three times a month.", "[three times a month] P1M"), ("They meet twice daily.", "[twice daily] P1D"),
    ("They meet once every two weeks.", "[once every two weeks] P2W"), ("They meet semi-annually.", "[semi-annually] P6M"),
    ("They meet every first Monday of the month.", "[every first Monday of the month] XXXX-WXX-1"),
    ("They meet the first Monday of each month.", "[first Monday of each month] P1M"),
  ])
  func `Lengths and sets have many forms`(text: String, expected: String) { #expect(times(text) == [expected]) }

  @Test func `Later members of a list are read as the first`() {
    #expect(
      times("They meet every Monday, Wednesday and Friday.").map { String($0.suffix(10)) } == ["XXXX-WXX-1", "XXXX-WXX-3", "XXXX-WXX-5"])
    #expect(times("It came on May 5th and 6th.") == ["[May 5th] 2025-05-05", "[6th] 2025-05-06"])
    #expect(times("It came on the 3rd and the 5th of June 2024.") == ["[the 3rd] 2024-06-03", "[the 5th of June 2024] 2024-06-05"])
    #expect(times("It came on April 24 and 25 people saw it.") == ["[April 24] 2025-04-24"])
  }

  @Test func `Verbs and set phrases tell whether a time is past or ahead`() {
    #expect(timexes("Ada Quill will succeed Ben Ortiz Feb. 1.") == ["2026-02-01"])
    #expect(timexes("Until Monday, they had not spoken.") == ["2025-07-21"])
    #expect(timexes("Northwind planned to sign on Monday, but lost heart.") == ["2025-07-21"])
    #expect(timexes("Send it by close of business Friday.") == ["2025-07-25"])
    #expect(timexes("A deal could come as soon as Tuesday.") == ["2025-07-29"])
  }

  @Test func `A story that names a year goes forward in it, and no further back`() {
    #expect(timexes("Northwind hired her in April 2023. It fell apart in June.") == ["2023-04", "2023-06"])
    #expect(timexes("Northwind fell apart in November 2023. It was bought in April.") == ["2023-11", "2025-04"])
  }

  @Test(arguments: ["He is 37 years of age.", "Twelve hundred and fifty left."])
  func `What only looks like a time is none`(text: String) { #expect(times(text).isEmpty) }

  @Test func `An adjective of the present has no day`() {
    #expect(timexes("Its current chairman spoke.") == ["PRESENT_REF"])
    #expect(times("Its current chairman spoke.") == ["[current] "])
    #expect(times("Look at the current page.") == [])
  }
}
