import Documents
import Testing

@testable import Language

private let annotator = Annotator()

/// "[span] value" of every time in the text, read on Wednesday 2025-07-23 at ten.
private func times(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  let context = AnnotationContext(reference: CalendarDate(year: 2025, month: 7, day: 23), referenceSecond: 36000)
  return annotator.annotate(bytes, context: context).mentions.compactMap { mention in
    guard case .time(let time) = mention.value else { return nil }
    return "[\(String(decoding: bytes[mention.span.range], as: UTF8.self))] \(time.value)"
  }
}

private func values(_ text: String) -> [String] { times(text).map { String($0[$0.index($0.firstIndex(of: "]")!, offsetBy: 2)...]) } }

/// Constructions and their neighbours; every value is worked out from the calendar of 2025.
@Suite struct TimeConstructionTests {
  @Test(arguments: [
    ("They met the Monday after Easter 2025.", "[Monday after Easter 2025] 2025-04-21"),
    ("They met the day before Christmas 2024.", "[the day before Christmas 2024] 2024-12-24"),
    ("They will meet the week after Easter 2026.", "[the week after Easter 2026] 2026-04-06/2026-04-13"),
    ("They will meet the third Tuesday after Labor Day.", "[third Tuesday after Labor Day] 2025-09-16"),
    ("They met the day after tomorrow's rehearsal, they said.", "[the day after tomorrow] 2025-07-25"),
    ("It broke the week before last.", "[the week before last] 2025-07-07/2025-07-14"),
    ("It broke the month before last.", "[the month before last] 2025-05-01/2025-06-01"),
    ("It ships the month after next.", "[the month after next] 2025-09-01/2025-10-01"),
    ("It ships the quarter after next.", "[the quarter after next] 2026-01-01/2026-04-01"),
    ("It ships next week between Tuesday and Thursday.", "[next week between Tuesday and Thursday] 2025-07-29/2025-07-31"),
    ("We fly on the 12th of Feb 2021.", "[the 12th of Feb 2021] 2021-02-12"), ("We fly on 12.Feb.21 at last.", "[12.Feb.21] 2021-02-12"),
    ("The invoice will fall due on the 28th.", "[the 28th] 2025-07-28"),
    ("It is due by the 28th this month.", "[by the 28th this month] /2025-07-28"),
    ("Rent is paid on the 1st of the month.", "[the 1st of the month] 2025-07-01"),
    ("They will meet in the first half of August.", "[the first half of August] 2025-08-01/2025-08-16"),
    ("It grew in the latter half of 2023.", "[the latter half of 2023] 2023-07-01/2024-01-01"),
    ("It grew in the last half of the 1990s.", "[the last half of the 1990s] 1995-01-01/2000-01-01"),
    ("It was cut in the fall of last year.", "[the fall of last year] 2024-09-23/2024-12-21"),
    ("Look at last year's Q4.", "[last year's Q4] 2024-10-01/2025-01-01"),
    ("Sprint 2025-W10 went well.", "[2025-W10] 2025-03-03/2025-03-10"),
    ("She was in the class of '98.", "['98] 1998-01-01/1999-01-01"), ("The 2024 season was long.", "[2024] 2024-01-01/2025-01-01"),
  ])
  func `A day or period is found from another`(text: String, expected: String) { #expect(times(text) == [expected]) }

  @Test(arguments: [
    ("on or before May 5, 2026", "/2026-05-05"), ("before or on May 5, 2026", "/2026-05-05"), ("on or after May 5, 2026", "2026-05-05/"),
    ("in advance of May 5, 2026", "/2026-05-05"), ("prior to May 5, 2026", "/2026-05-05"), ("ending on May 5, 2026", "/2026-05-05"),
    ("starting from May 5, 2026", "2026-05-05/"), ("starting from May 2026", "2026-05-01/"), ("before May 2026", "/2026-05-01"),
    ("no later than May 2026", "/2026-06-01"), ("after May 2026", "2026-06-01/"), ("not before May 2026", "2026-05-01/"),
    ("no earlier than May 2026", "2026-05-01/"), ("as early as May 2026", "2026-05-01/"), ("as late as May 2026", "/2026-05-01"),
    ("sooner than 2027", "/2027-01-01"), ("later than 2026", "2027-01-01/"), ("from May 5, 2026 onwards", "2026-05-05/"),
    ("from 2026 on", "2026-01-01/"), ("anytime after 2026", "2027-01-01/"), (">= 2026-05-05", "2026-05-05/"),
    ("< 2026-05-05", "/2026-05-05"),
  ])
  func `A bound is read from its words and from the period it names`(phrase: String, value: String) {
    #expect(times("Please send it \(phrase).") == ["[\(phrase)] \(value)"])
  }

  @Test(arguments: [
    ("at ten past six", "[ten past six] T06:10:00"),
    ("at ten past nine in the evening", "[ten past nine in the evening] T21:10:00"),
    ("at 25 minutes to noon", "[25 minutes to noon] T11:35:00"),
    ("at a quarter to five", "[a quarter to five] T04:45:00"), ("at twenty to eight", "[twenty to eight] T07:40:00"),
    ("at seven thirty", "[seven thirty] T07:30:00"), ("by eight fifteen", "[by eight fifteen] /T08:15:00"),
    ("at seven", "[seven] T07:00:00"),
    ("at 730am", "[730am] T07:30:00"), ("at 1130 pm", "[1130 pm] T23:30:00"), ("at 15h30", "[15h30] T15:30:00"),
    ("at 8ish", "[8ish] T08:00:00"),
    ("at 3 pm sharp", "[3 pm sharp] T15:00:00"), ("at 0900 hours", "[0900 hours] T09:00:00"), ("at mid-morning", "[mid-morning] T10:00:00"),
    ("at 7 tonight", "[7 tonight] 2025-07-23T19:00:00"), ("tonight around 7", "[tonight around 7] 2025-07-23T19:00:00"),
    ("at 8 tomorrow evening", "[8 tomorrow evening] 2025-07-24T20:00:00"), ("by EOD Friday", "[by EOD Friday] /2025-07-25T23:59:59"),
    ("between 3pm and 5pm tomorrow", "[between 3pm and 5pm tomorrow] 2025-07-24T15:00:00/2025-07-24T17:00:00"),
    ("from 2pm until tomorrow 4pm", "[from 2pm until tomorrow 4pm] 2025-07-23T14:00:00/2025-07-24T16:00:00"),
    ("from 5 to 7 tonight", "[from 5 to 7 tonight] 2025-07-23T17:00:00/2025-07-23T19:00:00"),
    ("3 days ago at 5pm", "[3 days ago at 5pm] 2025-07-20T17:00:00"),
    ("from three thirty to four thirty", "[from three thirty to four thirty] T03:30:00/T04:30:00"),
    ("Wed Oct 26 15:50:06 2016", "[Wed Oct 26 15:50:06 2016] 2016-10-26T15:50:06"),
  ])
  func `Times of day stand before their day and behind it`(phrase: String, expected: String) {
    #expect(times("Please call \(phrase).") == [expected])
  }

  @Test(arguments: [
    ("three quarters of an hour", "PT45M"), ("1/2 hour", "PT30M"), ("a quarter of a century", "P25Y"), ("2h 30m", "PT2H30M"),
    ("2h30m", "PT2H30M"),
    ("another week", "P1W"), ("another 3 days", "P3D"), ("a day and a half", "P1.5D"), ("every night at 10", "T22"),
    ("every third month", "P3M"),
    ("every second Friday", "XXXX-WXX-5"), ("every day at 8 in the morning", "T08"),
  ])
  func `Lengths and sets are composed`(phrase: String, value: String) { #expect(times("It takes \(phrase).") == ["[\(phrase)] \(value)"]) }

  @Test(arguments: [
    ("Easter 2024", "2024-03-31"), ("Good Friday 2024", "2024-03-29"), ("Easter Monday 2024", "2024-04-01"),
    ("Ash Wednesday 2024", "2024-02-14"),
    ("Pentecost 2024", "2024-05-19"), ("Palm Sunday 2024", "2024-03-24"), ("Thanksgiving 2024", "2024-11-28"),
    ("Black Friday 2024", "2024-11-29"),
    ("Cyber Monday 2024", "2024-12-02"), ("Memorial Day 2024", "2024-05-27"), ("Labor Day 2024", "2024-09-02"),
    ("Labour Day 2024", "2024-09-02"),
    ("MLK Day 2024", "2024-01-15"), ("Martin Luther King Jr. Day 2024", "2024-01-15"), ("Presidents' Day 2024", "2024-02-19"),
    ("President's Day 2024", "2024-02-19"), ("Mother's Day 2024", "2024-05-12"), ("Father's Day 2024", "2024-06-16"),
    ("Columbus Day 2024", "2024-10-14"), ("Election Day 2024", "2024-11-05"), ("St. Patrick's Day 2024", "2024-03-17"),
    ("New Year's Eve 2024", "2024-12-31"), ("Boxing Day 2024", "2024-12-26"), ("Christmas of 2024", "2024-12-25"),
    ("Christmas last year", "2024-12-25"), ("Thanksgiving next year", "2026-11-26"),
  ])
  func `Holidays are computed for their year`(name: String, day: String) {
    #expect(times("Shops close on \(name).") == ["[\(name)] \(day)"])
  }

  @Test(arguments: [
    "It was a good time.", "The average of 1900 samples was low.", "They sent a package of 1500 b.", "It costs 2000 m of wire.",
    "The ratio is 1/5.",
    "Pick a number between 5 and 10.", "He may go there.", "The new model is out.", "Ten to one they lose.", "They ranked twenty-second.",
  ])
  func `What only looks like a time is none`(text: String) { #expect(times(text).isEmpty) }

  @Test func `However a date is written, it is the same day`() {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    for (index, month) in months.enumerated() {
      let short = String(month.prefix(3))
      let number = index + 1
      let two = number < 10 ? "0\(number)" : "\(number)"
      for text in [
        "\(month) 17, 2019", "\(month) 17 2019", "\(month) 17th, 2019", "17 \(month) 2019", "17th \(month) 2019", "17th of \(month) 2019",
        "17th of \(month), 2019", "\(short) 17, 2019", "17 \(short) 2019", "17-\(short)-2019", "17/\(short)/2019", "17.\(short).2019",
        "2019-\(two)-17", "2019/\(number)/17", "\(number)/17/2019", "\(number)-17-2019", "17.\(two).2019",
        "the seventeenth of \(month) 2019",
        "\(month) the 17th, 2019", "\(month.lowercased()) 17, 2019", "\(short.lowercased()) 17, 2019",
      ] {
        #expect(values("They signed it on \(text) in Oslo.") == ["2019-\(two)-17"], "\(text)")
      }
    }
  }

  @Test func `A count moves the day by as much as it says`() {
    let reference = CalendarDate(year: 2025, month: 7, day: 23)
    let words = [2: "two", 3: "three", 5: "five", 9: "nine", 11: "eleven", 14: "fourteen", 21: "twenty-one"]
    for (count, word) in words.sorted(by: { $0.key < $1.key }) {
      for number in ["\(count)", word] {
        #expect(values("It broke \(number) days ago.") == ["\(reference.adding(days: -count))"])
        #expect(values("It broke \(number) weeks ago.") == ["\(reference.adding(days: -7 * count))"])
        #expect(values("It will open in \(number) days.") == ["\(reference.adding(days: count))"])
        #expect(values("It will open \(number) weeks from now.") == ["\(reference.adding(days: 7 * count))"])
        #expect(values("It will open \(number) days from tomorrow.") == ["\(reference.adding(days: count + 1))"])
        #expect(values("It broke \(number) months ago.") == ["\(reference.adding(months: -count))"])
        #expect(values("It takes \(number) hours.") == ["PT\(count)H"])
        #expect(values("It is a \(number)-day trip.") == ["P\(count)D"])
      }
    }
  }
}
