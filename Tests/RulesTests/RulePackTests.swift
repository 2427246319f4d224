import Testing

@testable import Rules

@Suite struct RulePackTests {
  private let good = """
    frames:
      - kind: layoff
        patterns: ["cut {count} job"]
      - kind: hire
        patterns: ["hire {person"]
      - kind: departure
        colour: red
        patterns: ["{person:subject} resign"]
    signals:
      - {id: cuts, title: "{subject} cuts", category: layoff, type: event_count, kinds: [layoff], severity: warning}
      - {id: bad, title: "x", category: layoff, type: sometimes, kinds: [layoff], severity: warning}
    """

  @Test func disablesTheBadRuleAndNothingElse() {
    let (pack, errors) = RulePack.load(files: [("people/rules/a.yaml", good)], plugin: "people")
    #expect(pack.rules == ["people.layoff", "people.cuts"])
    #expect(errors.map(\.rule) == ["people.hire", "people.departure", "people.bad"])
  }

  @Test func namesFileLineColumnTextAndAdvice() throws {
    let (_, errors) = RulePack.load(files: [("people/rules/a.yaml", good)], plugin: "people")
    let first = try #require(errors.first)
    #expect(first.file == "people/rules/a.yaml")
    #expect(first.line == 5)
    #expect(first.column == 22)
    #expect(first.text == "hire {person")
    #expect(first.description.contains("rule \"people.hire\" is disabled"))
    #expect(errors[1].message == "unknown key \"colour\"")
    #expect(errors[2].advice.contains("event_count"))
  }

  @Test func disablesOnlyTheFileWhoseYAMLIsBroken() throws {
    let broken = "frames:\n  - kind: [layoff\n"
    let (pack, errors) = RulePack.load(files: [("a.yaml", broken), ("b.yaml", good)], plugin: "people")
    #expect(pack.rules.contains("people.layoff"))
    let first = try #require(errors.first)
    #expect(first.file == "a.yaml")
    #expect(first.rule == nil)
    #expect(first.line > 0)
  }

  @Test func refusesASecondSignalOfTheSameName() {
    let twice = """
      signals:
        - {id: cuts, title: a, category: layoff, type: event_count, kinds: [layoff], severity: warning}
        - {id: cuts, title: b, category: layoff, type: event_count, kinds: [layoff], severity: warning}
      """
    let (pack, errors) = RulePack.load(files: [("a.yaml", twice)], plugin: "people")
    #expect(pack.signals.count == 1)
    #expect(errors.count == 1)
  }

  @Test func asksForWhatASignalNeeds() {
    let text = "signals:\n  - {id: x, title: a, category: b, type: change, kinds: [layoff], severity: warning}\n"
    let (_, errors) = RulePack.load(files: [("a.yaml", text)], plugin: "people")
    #expect(errors.first?.message == "change needs `of`")
  }
}
