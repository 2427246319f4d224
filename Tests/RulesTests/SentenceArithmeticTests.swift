import Analysis
import Documents
import Language
import Testing

@testable import Rules

@Suite struct SentenceArithmeticTests {
  private func checks(_ text: String) -> [String] {
    let tester = RuleTester([])
    return tester.facts(in: text).filter { $0.kind == SentenceArithmetic.kind }.flatMap { $0.evidence.map(\.text) }
  }

  @Test(arguments: [
    ("Northwind paid €45 million ($52 billion) for the site.", ["€45 million", "$52 billion"]),
    ("Northwind dismissed 260 of its 410 employees, or 85 percent.", ["410 employees", "85 percent"]),
    ("Northwind's revenue rose 20 percent from $2 billion to $3 billion.", ["20 percent", "$3 billion"]),
  ])
  func showsTheTwoFiguresThatCannotBothBeRight(text: String, figures: [String]) {
    let found = checks(text)
    #expect(found.count == 2)
    for figure in figures { #expect(found.contains { $0.contains(figure) }, "\(found)") }
  }

  @Test(arguments: [
    ("The new routing was completed by September 18.", 2), ("The new routing was completed by September 12.", 0),
    ("The new routing will be completed by September 18.", 0),
  ])
  func showsWhatIsToldAsDoneAfterTheDayOfTheNote(sentence: String, sides: Int) throws {
    let note = "# Three bugs\n\n**Published:** September 17, 2025\n\nNorthwind explains. \(sentence)\n"
    #expect(try Note.facts(in: note, []).filter { $0.kind == SentenceArithmetic.kind }.flatMap(\.evidence).count == sides)
  }

  @Test(arguments: [
    "Northwind paid €45 million ($52 million) for the site.",
    "Northwind paid €45 million and sold a house for $2 million.",
    "Northwind dismissed 260 of its 410 employees, or 63 percent.",
    "Northwind's revenue rose 50 percent from $2 billion to $3 billion.",
    "Northwind's share fell from 82 percent to 41 percent.",
  ])
  func keepsSilentWhereTheSumsAreRight(text: String) {
    #expect(checks(text).isEmpty)
  }
}
