import CMD4C
import Testing

@testable import Documents

/// Every letter of the visible text stands in the source exactly where the map says.
///
/// Equal bytes prove nothing, since words repeat. The proof is coded substitution: each letter that the map ties to the source is overwritten there
/// with one digit of its own index, the changed source is read again, and each digit must come out at its index.
@Suite struct ExactSpanTests {
  static let alphabet = Array("abcdefghijklmnopqrstuvwxyz".utf8)

  static func read(_ source: [UInt8]) throws -> Document {
    try DocumentReader.read(source, hints: ReadingHints(fileName: "note.md"))
  }

  /// Text offset and source offset of every visible letter.
  static func letters(_ document: Document) -> [(text: Int, source: Int)] {
    var found: [(Int, Int)] = []
    for run in document.map.runs where run.isIdentity {
      for i in 0..<run.textCount where ASCII.isLetter(document.text[run.text + i]) { found.append((run.text + i, run.source + i)) }
    }
    return found
  }

  enum Verdict { case exact, wrong(String), structureChanged }

  static func verdict(_ source: [UInt8]) throws -> Verdict {
    let original = try read(source)
    let letters = letters(original)
    var power = 1
    for _ in 0..<3 {
      var coded = source
      for letter in letters { coded[letter.source] = alphabet[letter.text / power % alphabet.count] }
      let again = try read(coded)
      guard again.text.count == original.text.count, again.blocks.count == original.blocks.count else { return .structureChanged }
      for letter in letters where again.text[letter.text] != alphabet[letter.text / power % alphabet.count] {
        return .wrong("text \(letter.text), source \(letter.source) in \(String(decoding: source, as: UTF8.self).debugDescription)")
      }
      power *= alphabet.count
      if power > original.text.count { break }
    }
    return .exact
  }

  static func checkInvariants(_ document: Document) {
    let context = Comment(rawValue: String(decoding: document.source, as: UTF8.self).debugDescription)
    var text = 0
    var source = 0
    for run in document.map.runs {
      #expect(run.text == text && run.textCount > 0, context)
      #expect(run.source >= source, context)
      if run.isIdentity {
        #expect(run.textCount == run.sourceCount, context)
        #expect(
          document.text[run.text..<(run.text + run.textCount)].elementsEqual(document.source[run.source..<(run.source + run.sourceCount)]),
          context)
      }
      text = run.text + run.textCount
      source = run.source + run.sourceCount
    }
    #expect(text == document.text.count, context)
    #expect(source <= document.source.count, context)
    var end = 0
    for (index, block) in document.blocks.enumerated() {
      #expect(block.text.start >= end && block.text.end > block.text.start, context)
      #expect(document.map.sourceSpan(of: block.text) == block.source, context)
      if let heading = block.heading { #expect(heading < index, context) }
      for cell in block.cells { #expect(block.text.start <= cell.start && cell.end <= block.text.end, context) }
      if let speaker = block.speaker { #expect(!speaker.isEmpty && speaker.end <= document.text.count, context) }
      end = block.text.end
    }
    #expect(String(validating: document.text, as: UTF8.self) != nil, context)
  }

  @Test(arguments: MarkdownExamples.dressings.map(\.name))
  func `Spans are exact`(dressing name: String) throws {
    let dressing = try #require(MarkdownExamples.dressings.first { $0.name == name })
    var proven = 0
    for example in MarkdownExamples.all {
      let source = dressing.apply(example)
      Self.checkInvariants(try Self.read(source))
      switch try Self.verdict(source) {
      case .exact: proven += 1
      case .structureChanged: continue
      case .wrong(let reason): Issue.record(Comment(rawValue: reason))
      }
    }
    #expect(proven * 100 >= MarkdownExamples.all.count * 90)
  }

  @Test func `Spans are exact in token soup`() throws {
    var proven = 0
    for seed in 1...1_500 {
      let source = MarkdownExamples.soup(seed: UInt64(seed), tokens: 5 + seed % 60)
      Self.checkInvariants(try Self.read(source))
      switch try Self.verdict(source) {
      case .exact: proven += 1
      case .structureChanged: continue
      case .wrong(let reason): Issue.record(Comment(rawValue: reason))
      }
    }
    #expect(proven > 1_200)
  }

  /// The same letters in the same order as md4c alone reports, for documents without what we treat in a way of our own.
  @Test func `No letter is lost or added`() throws {
    for example in MarkdownExamples.all where !example.contains("![") && !example.contains("[^") && !example.contains("<") {
      let document = try Self.read(Array(example.utf8))
      let visible = document.text.filter { ASCII.isLetter($0) }
      #expect(visible == Self.plain(example), Comment(rawValue: example))
    }
  }

  private static func plain(_ text: String) -> [UInt8] {
    final class Collector { var letters: [UInt8] = [] }
    let collector = Collector()
    var parser = MD_PARSER()
    parser.flags = UInt32(MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_WIKILINKS)
    parser.enter_block = { _, _, _ in 0 }
    parser.leave_block = { _, _, _ in 0 }
    parser.enter_span = { _, _, _ in 0 }
    parser.leave_span = { _, _, _ in 0 }
    parser.text = { type, text, size, context in
      guard let text, let context else { return 0 }
      let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
      let bytes = UnsafeRawBufferPointer(start: text, count: Int(size)).bindMemory(to: UInt8.self)
      if type == MD_TEXT_ENTITY {
        collector.letters += (CharacterReference.decode(bytes) ?? Array(bytes)).filter { ASCII.isLetter($0) }
      } else {
        collector.letters += bytes.filter { ASCII.isLetter($0) }
      }
      return 0
    }
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        _ = md_parse($0.baseAddress, UInt32($0.count), &parser, Unmanaged.passUnretained(collector).toOpaque())
      }
    }
    return collector.letters
  }
}
