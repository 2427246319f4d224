import Analysis
import Documents
import Testing

@testable import Reporting

@Suite struct WordingTests {
  private static func fact(_ status: AssertionStatus, value: String? = nil, object: [String] = []) -> Fact {
    Fact(
      kind: "layoff", subject: [Sample.northwind], object: object.map { EntityRef(id: $0, name: $0) }, value: value, status: status,
      plugin: "p", rule: "r", evidence: [])
  }

  @Test(arguments: AssertionStatus.allCases.filter { $0 != .asserted })
  func onlyWhatANoteStatesIsSaidWithoutReserve(status: AssertionStatus) {
    let text = FactWording.summary(Self.fact(status))
    #expect(text != "layoff")
    #expect(!text.hasPrefix("layoff:"))
  }

  @Test func howLongIsNoFigureOfARelease() {
    func fact(_ kind: String, _ value: String) -> Fact {
      Fact(kind: kind, subject: [], value: value, plugin: "p", rule: "r", evidence: [])
    }
    #expect(FactWording.summary(fact("release", "three months")) == "release")
    #expect(FactWording.summary(fact("hire", "four-year;200000000 USD")) == "hire: 200 million USD")
    #expect(FactWording.summary(fact("delay", "3 months")) == "delay: 3 months")
  }

  @Test func reserveIsInTheWords() {
    #expect(FactWording.summary(Self.fact(.asserted, value: "600 positions")) == "layoff: 600 positions")
    #expect(
      FactWording.summary(Self.fact(.rumoured, value: "600 positions", object: ["AI group"])) == "rumoured layoff: AI group, 600 positions")
    #expect(FactWording.summary(Self.fact(.denied)) == "layoff denied")
    #expect(FactWording.summary(Self.fact(.planned)) == "planned layoff")
    #expect(FactWording.summary(Self.fact(.conditional)) == "possible layoff")
    #expect(FactWording.summary(Self.fact(.question)) == "layoff, asked and not answered")
  }

  @Test func aPlanToGiveUpIsNoAbandonedPlan() {
    var fact = Self.fact(.planned)
    fact.kind = "abandonment"
    fact.object = []
    fact.value = nil
    #expect(FactWording.summary(fact) == "planned abandonment")
    fact.status = .asserted
    #expect(FactWording.summary(fact) == "abandoned plan")
  }

  @Test func sourcesAreNamedAndAnonymousOnesCalledSo() {
    var fact = Self.fact(.reported)
    #expect(FactWording.attribution(fact) == nil)
    fact.source = ["Ada Quill", "Bo Lindqvist"]
    #expect(FactWording.attribution(fact) == "according to Ada Quill and Bo Lindqvist")
    fact.source = ["people close to the project"]
    fact.isAnonymous = true
    #expect(FactWording.attribution(fact) == "according to an anonymous source (people close to the project)")
  }

  @Test func surenessCountsStatusesPublishersAndAnonymity() {
    #expect(
      Sample.keyDeparture.sureness.sentence
        == "2 facts (1 stated and 1 rumoured), in 1 note by The Harbour Ledger. Anonymous sources stand behind 1 of them.")
    let rumour = Sureness(Sample.facts.filter { $0.fact.id == "f02" }, independentSources: 1)
    #expect(rumour.sentence == "1 fact, rumoured, in 1 note with 1 independent source. All sources are anonymous.")
    // One note that states it says so itself.
    #expect(Sureness(Sample.facts.filter { $0.fact.id == "f01" }).sentence == nil)
    #expect(Sureness(Sample.facts.filter { ["f03", "f04"].contains($0.fact.id) }).sentence?.contains("an unknown publisher") == true)
    #expect(rumour.caution == "rumoured only")
    #expect(Sample.keyDeparture.sureness.caution == nil)
    #expect(Sureness([]).sentence == nil)
  }

  @Test func valuesAreScaledWhereThatIsExact() {
    #expect(ValueText.text("200000000 USD") == "200 million USD")
    #expect(ValueText.text("4200000000 USD") == "4.2 billion USD")
    #expect(ValueText.text("4250000000 USD") == "4.25 billion USD")
    #expect(ValueText.text("1234567 users") == "1\u{A0}234\u{A0}567 users")
    #expect(ValueText.text("7B;13B;70B parameters") == "7B, 13B, 70B parameters")
    #expect(ValueText.text("600 positions") == "600 positions")
    #expect(ValueText.text("450000 user;1 gigawatt;1.5 gigawatt") == "450\u{A0}000 users, 1 gigawatt, 1.5 gigawatts")
    #expect(ValueText.text("240 people;61 %;3 city;12 H100") == "240 people, 61 %, 3 cities, 12 H100")
    #expect(ValueText.text("2000000 USD") == "2 million USD")
    #expect(ValueText.text("1050000000") == "1.05 billion")
  }

  @Test func datesAreWrittenAsPeopleDo() {
    for (form, text) in [
      ("2025-07-23", "23 July 2025"), ("2025-07", "July 2025"), ("2025-Q3", "Q3 2025"), ("2025-H2", "second half of 2025"),
      ("2025", "2025"),
      ("2025-07-03/2025-07-09", "3 to 9 July 2025"), ("2025-07-30/2025-08-02", "30 July to 2 August 2025"),
      ("2025-10-21/2025-10-31", "late October 2025"), ("2025-02-21/2025-02-28", "late February 2025"),
      ("2025-10-01/2025-10-10", "early October 2025"),
      ("2025-10-11/2025-10-20", "mid October 2025"), ("2025-10-21/2025-10-30", "21 to 30 October 2025"), ("soon", "soon"),
    ] { #expect(DateText.text(interchange: form) == text) }
    #expect(DateText.text(instant: "2025-07-23T07:00:00+02:00") == "23 July 2025, 07:00")
  }

  @Test func quotationsEndAtAWord() {
    let word = "quotation "
    let long = String(repeating: word, count: 40)
    let trimmed = QuoteText.trimmed(long)
    #expect(trimmed == String(repeating: word, count: 24).dropLast() + " …")
    #expect(trimmed.count <= QuoteText.limit + 2)
    #expect(QuoteText.trimmed("short\n  sentence.") == "short sentence.")
    #expect(QuoteText.trimmed(String(repeating: "x", count: 300)).hasPrefix(String(repeating: "x", count: 240)))
  }

  @Test(arguments: [
    ("**Northwind** cuts *240* posts", "Northwind cuts 240 posts"), ("in March**: Ada Quill left", "in March: Ada Quill left"),
    ("## What is next", "What is next"), ("> - quoted", "quoted"),
    ("see [the memo](https://a.example/x_(1)) and [it][ref].", "see the memo and it."),
    ("[[people/Ada Quill|Ada]] met [[Bo]]", "Ada met Bo"), ("![chart](x.png) falls", "chart falls"),
    ("the `--fast` flag", "the --fast flag"),
    ("Intel\\'s and 5 \\* 3", "Intel's and 5 * 3"), ("R&amp;D &lt; sales", "R&D < sales"),
    ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
    ("an [aside] stays, a_b too", "an [aside] stays, a_b too"), ("_all_ of **it", "all of it"), ("* ", ""), ("", ""), ("[", "["),
    ("`", "`"),
  ]) func quotationsOfMarkdownReadAsItsReaderSeesThem(source: String, read: String) { #expect(MarkdownReading.plain(source) == read) }

  @Test func quotationsOfWebPagesAreLeftAlone() {
    #expect(QuoteText.reading("2 ** 3", path: "a.html") == "2 ** 3")
    #expect(QuoteText.reading("2 ** 3", path: "a.md") == "2  3".replacing("  ", with: " "))
  }

  @Test func titlesOfRulesAreReadable() {
    for (title, text) in [
      ("Northwind Labs loses money: 310000000 USD, 2025.", "Northwind Labs loses money: 310 million USD, 2025."),
      ("Revenue of Northwind Labs falls: 18 %, 2025-Q4", "Revenue of Northwind Labs falls: 18 %, Q4 2025"),
      ("two left, 2025-09-15, 2025-09 and 3 more", "two left, 15 September 2025, September 2025 and 3 more"),
      ("promised Aurora and nothing followed (2025-04-09)", "promised Aurora and nothing followed (9 April 2025)"),
      ("Aurora-2025-09 and Aurora 2.5, 2026 and 1200 people", "Aurora-2025-09 and Aurora 2.5, 2026 and 1200 people"),
      ("a  b", "a  b"), ("", ""), ("...", "..."), ("12345", "12\u{A0}345"),
    ] { #expect(TitleText.readable(title) == text) }
  }

  @Test func pronounsAreNoSources() {
    var fact = Self.fact(.opinion)
    fact.source = ["I"]
    #expect(FactWording.attribution(fact) == nil)
    fact.source = ["They", "Ada Quill"]
    #expect(FactWording.attribution(fact) == "according to Ada Quill")
  }

  @Test func aPeriodWithinADayNamesItOnce() {
    #expect(DateText.period("2026-03-02T07:00:00Z", "2026-03-03T07:00:00Z") == "2 March 2026, 07:00 to 3 March 2026, 07:00")
    #expect(DateText.period("2026-03-02T07:00:00Z", "2026-03-02T09:30:00Z") == "2 March 2026, 07:00 to 09:30")
  }
}
