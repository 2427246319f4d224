import Alerting
import Testing

@Suite struct MatcherTests {
  private let labels = ["severity": "warning", "category": "layoff", "subject": "northwind-labs"]

  @Test(arguments: [
    ("category=layoff", true), ("category=delay|layoff", true), ("category=delay", false), ("category!=delay", true),
    ("subject=northwind*", true), ("subject=*labs", true), ("subject=n*w*-l*s", true), ("subject=north", false), ("subject=*", true),
    ("severity>=notice", true), ("severity>=warning", true), ("severity>=critical", false), ("severity=warning|critical", true),
    ("axis=", true), ("axis!=*", false), ("axis=openness", false), ("category = layoff", true),
  ]) func `a condition holds or not`(text: String, holds: Bool) throws {
    #expect(try Matcher(text).matches(labels) == holds)
  }

  @Test(arguments: ["layoff", "=x", "Category=x", "category>=x", "severity=grave", "severity>=*", "a>b", "", "category==layoff", "category=~lay.*"])
  func `what is no condition is refused in words`(text: String) {
    #expect(throws: MatcherError.self) { try Matcher(text) }
  }

  @Test func `a condition reads back as it was written`() throws {
    for text in ["category=delay|layoff", "subject!=northwind*", "severity>=warning"] { #expect(try Matcher(text).description == text) }
  }

  @Test func `many stars do not stall`() throws {
    let matcher = try Matcher("subject=" + String(repeating: "a*", count: 40) + "b")
    #expect(!matcher.matches(["subject": String(repeating: "a", count: 4000)]))
  }
}
