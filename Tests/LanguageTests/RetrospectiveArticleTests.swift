import Documents
import Testing

@testable import Language

/// What an article that retraces years of a company's work is made of: headings that carry the year, figures in every form, tables, lists.
@Suite struct RetrospectiveArticleTests {
  private static let annotator = Annotator()

  private func annotate(_ text: String) -> (bytes: [UInt8], annotation: Annotation) {
    let document = MarkdownReaderForTests.read(text)
    return (
      document.text,
      Self.annotator.annotate(
        document.text, blocks: document.blocks, context: AnnotationContext(reference: CalendarDate(year: 2025, month: 11, day: 3)))
    )
  }

  private func found(_ text: String) -> [String] {
    let (bytes, annotation) = annotate(text)
    return annotation.mentions.compactMap { mention in
      let words = String(decoding: bytes[mention.span.range], as: UTF8.self)
      switch mention.value {
      case .time(let time): return "[\(words)] \(time.value)"
      case .quantity(let quantity): return "[\(words)] \(quantity.value) \(quantity.change.rawValue)"
      case .entity: return nil
      }
    }
  }

  @Test func `A heading that carries a year dates what stands below it`() {
    let all = found("# Aurora\n\n## April–Sep 2024\n\nOn April 18 it came out.\n\n### July\n\nThe team grew in August.\n")
    #expect(all.contains("[April 18] 2024-04-18"))
    #expect(all.contains("[August] 2024-08-01/2024-09-01"))
  }

  @Test(arguments: [
    ("07/23 2025 535", "[07/23 2025] 2025-07-23"), ("It shut at the end of October 2025.", "[end of October 2025] 2025-10-21/2025-11-01"),
    ("It has grown from 2010.", "[2010] 2010-01-01/2011-01-01"),
    ("It has 450,000 daily active users.", "[450,000 daily active users] 450000 user ="),
    ("It offered over $200 million to one of them.", "[over $200 million] 200000000 USD >"),
    ("It laid off about 600 of them.", "[about 600] 600 ~"),
  ])
  func `A figure or date is found in any form`(text: String, expected: String) { #expect(found(text).contains(expected)) }

  @Test func `A size that claims to beat another is a count of parameters, and the claim is heard`() {
    let text = "Aurora 13B claimed to beat Heron 175B on most tests. Its 13B model is small."
    let (bytes, annotation) = annotate(text)
    #expect(annotation.hedges.contains { String(decoding: bytes[$0.span.range], as: UTF8.self) == "claimed" })
    #expect(found(text).prefix(2) == ["[13B] 13000000000 parameter =", "[175B] 175000000000 parameter ="])
  }

  @Test func `Cells of a table are read under their heading and their row`() {
    let all = found(
      "| Quarter | Revenue | Loss |\n|---|---|---|\n| Q1 2024 | $36.5 billion | $3.8 billion |\n| Q2 2024 | $39.1 billion | 4 % |\n")
    for cell in [
      "[Q1 2024] 2024-01-01/2024-04-01", "[$36.5 billion] 36500000000 USD =", "[Q2 2024] 2024-04-01/2024-07-01", "[4 %] 4 =",
    ] { #expect(all.contains(cell), Comment(rawValue: cell)) }
  }

  @Test func `The sizes listed under a release are each a quantity`() {
    let all = found("## Aurora 2\n\nAurora 2 came in several sizes:\n\n- 7B parameters\n- 13B parameters\n- 70B parameters\n")
    for size in ["[7B] 7000000000 parameter =", "[13B] 13000000000 parameter =", "[70B] 70000000000 parameter ="] {
      #expect(all.contains(size), Comment(rawValue: size))
    }
    #expect(found("The models have 7B, 13B and 70B parameters.").count == 3)
  }
}

/// Markdown as the application reads it.
private enum MarkdownReaderForTests {
  static func read(_ text: String) -> Document {
    guard let document = try? DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "note.md")) else {
      fatalError("Markdown is always readable")
    }
    return document
  }
}
