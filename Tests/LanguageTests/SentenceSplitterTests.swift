import Documents
import Testing

@testable import Language

private let annotator = Annotator()

private func sentences(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return annotator.annotate(bytes).sentences.map { String(decoding: bytes[$0.span.range], as: UTF8.self) }
}

@Suite struct SentenceSplitterTests {
  /// Each list is the sentences of their own concatenation.
  @Test(arguments: [
    ["Northwind hired Ada Quill.", "She starts in May."], ["Is it late?", "Yes!", "Very."],
    ["Dr. Quill joined Contoso Inc. in June.", "Mr. Hale left."], ["They met J. R. Hale at 5 p.m. Tuesday.", "Nobody spoke."],
    ["It costs 3.5 million.", "5 people paid."], ["The U.S. Army bought it.", "We moved to the U.S.", "He stayed."],
    ["He paid (see p. 12) at once.", "No. 5 won."], ["“It is done.”", "She left the room."], ["\"It is done.\" he said.", "She nodded."],
    ["See notes.example.com/a.b for more.", "It helps."], ["That was as foretold.[12]", "Nobody doubted it."],
    ["Well … maybe.", "Wait....", "Then it rained."], ["It works! 🎉", "Great."], ["1. The plan", "2. The budget"],
    ["• Speed", "• Cost"], ["He works at Fabrikam! on weekdays.", "It pays."],
  ])
  func splits(expected: [String]) { #expect(sentences(expected.joined(separator: " ")) == expected) }

  @Test func blankLinesSplit() {
    #expect(sentences("A heading\n\nA sentence without end\n\nAnother") == ["A heading", "A sentence without end", "Another"])
  }

  @Test func shortLinesSplitAndWrappedLinesJoin() {
    #expect(sentences("contacts\nevents\nnotes") == ["contacts", "events", "notes"])
    let wrapped = "The report of the third quarter was read by everyone who\nhad asked for it in the weeks before."
    #expect(sentences(wrapped) == [wrapped])
    #expect(sentences("It was a long \nnight.") == ["It was a long \nnight."])
  }

  @Test func textWithoutCapitalsIsSplitAtStops() {
    #expect(sentences("we shipped it. it broke. we fixed it.") == ["we shipped it.", "it broke.", "we fixed it."])
  }

  @Test func forgottenSpaceSplits() {
    #expect(sentences("It was over.Nobody knew why.") == ["It was over.", "Nobody knew why."])
    #expect(sentences("Write to Ada.Quill@northwind.example now.").count == 1)
  }

  @Test func neverCrossesBlocks() {
    let text = Array("First part\nsecond part".utf8)
    let blocks = [
      Block(kind: .heading, role: .heading, text: ByteSpan(0, 10), source: ByteSpan(0, 10), level: 1),
      Block(kind: .paragraph, role: .body, text: ByteSpan(11, 22), source: ByteSpan(11, 22)),
    ]
    let found = annotator.annotate(text, blocks: blocks).sentences
    #expect(found.map(\.span) == [ByteSpan(0, 10), ByteSpan(11, 22)])
    #expect(found.map(\.block) == [0, 1])
    #expect(found.map(\.tokens) == [0..<2, 2..<4])
  }

  @Test func knowsQuestions() {
    let found = annotator.annotate(Array("Who left? “Why?” Nobody knows.".utf8)).sentences
    #expect(found.map(\.isQuestion) == [true, true, false])
  }

  @Test func emptyTextHasNone() { #expect(sentences("").isEmpty && sentences(" \n ").isEmpty) }
}
