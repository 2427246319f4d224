import Analysis
import Testing

@testable import Rules

/// Who "we" is in a notice that never says.
@Suite struct SpeakingOrganizationTests {
  private func subjects(_ text: String) -> [String] {
    let rules = "frames:\n  - {kind: abandonment, patterns: [\"{retire|deprecate} ...{0,3} endpoint\"]}"
    let (pack, errors) = RulePack.load(files: [("t.yaml", rules)], plugin: "test")
    #expect(errors.isEmpty)
    return RuleTester([pack]).facts(in: text).flatMap { fact in fact.subject.map(\.name) }
  }

  @Test func isTheOrganizationOfTheAddressGiven() {
    #expect(subjects("We are retiring the following endpoints.\n\nFor questions, write to support@fabrikon.com.") == ["Fabrikon"])
    #expect(subjects("We are retiring old endpoints. See https://docs.fabrikon.co.uk/a and https://status.fabrikon.co.uk.") == ["Fabrikon"])
  }

  @Test func isNobodyWhereNoAddressStandsOut() {
    #expect(subjects("We are retiring old endpoints. See https://docs.fabrikon.com and https://northwind.com.").isEmpty)
    #expect(subjects("We are retiring old endpoints. See https://github.com/a/b and https://github.com/c/d.").isEmpty)
  }

  @Test func isNotAskedForWhereSomebodyIsNamed() {
    #expect(subjects("Northwind is retiring old endpoints. We wrote to press@fabrikon.com.") == ["Northwind"])
  }
}
