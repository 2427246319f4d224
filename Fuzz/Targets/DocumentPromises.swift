import Configuration
import Documents
import PluginHost

/// What a parsed document promises about its spans.
enum DocumentPromises {
  static func check(_ bytes: [UInt8], as name: String) throws {
    guard let document = try? DocumentReader.read(bytes, hints: ReadingHints(fileName: name)) else { return }
    if !document.isConverted { try require(document.source == bytes, "the source of an unconverted note is the file itself") }
    try check(document)
    var json = JSONWriter()
    DocumentRecord.write(document, path: name, to: &json)
    do { _ = try JSONValue(parsing: json.bytes) } catch { throw Violation(description: "the document's record is no JSON: \(error)") }
  }

  static func check(_ document: Document) throws {
    let text = SpannedText("text", document.text)
    let source = SpannedText("source", document.source)
    try require(text.isUTF8, "the visible text is UTF-8")
    try check(document.map, text, source)
    for (index, block) in document.blocks.enumerated() {
      try text.require(block.text, "block \(index)'s text")
      try source.require(block.source, "block \(index)'s source")
      try source.require(document.sourceSpan(of: block.text), "block \(index)'s mapped text")
      for cell in block.cells {
        try text.require(cell, "a cell of block \(index)")
        try require(block.text.contains(cell), "a cell of block \(index) lies in it")
      }
      // A speaker may be named in another paragraph of the quotation.
      if let speaker = block.speaker { try text.require(speaker, "the speaker of block \(index)") }
      for other in [block.heading, block.headerRow].compactMap({ $0 }) {
        try require(other >= 0 && other < index, "block \(index) refers to block \(other), which comes before it")
      }
    }
    try text.requireOrder(document.blocks.map(\.text), "the text of a block")
    try require(document.lineStarts == document.lineStarts.sorted(), "lines begin in order")
    for issue in document.issues { try require((issue.offset ?? 0) >= 0, "an issue's offset is in the file") }
  }

  /// The runs tile the text, and identity runs are equal byte for byte.
  private static func check(_ map: SpanMap, _ text: SpannedText, _ source: SpannedText) throws {
    var end = 0
    for run in map.runs {
      try require(run.text == end && run.textCount > 0, "runs tile the text: one begins at \(run.text), not at \(end)")
      end += run.textCount
      try require(
        run.source >= 0 && run.sourceCount >= 0 && run.source + run.sourceCount <= source.bytes.count,
        "a run lies in the source: \(run.source)+\(run.sourceCount) of \(source.bytes.count)")
      guard run.isIdentity else { continue }
      try require(run.textCount == run.sourceCount, "an identity run is as long on both sides")
      try require(
        text.bytes[run.text..<end].elementsEqual(source.bytes[run.source..<(run.source + run.sourceCount)]),
        "an identity run's bytes are equal, at \(run.text) and \(run.source)")
    }
    try require(end == text.bytes.count, "runs tile the text to its end: \(end) of \(text.bytes.count)")
  }
}
