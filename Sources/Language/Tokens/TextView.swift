import Documents

/// The text and its tokens as every tagger sees them. Valid only inside `Annotator.annotate`.
public struct TextView {
  public let bytes: UnsafeBufferPointer<UInt8>
  public let tokens: [Token]
  public let lexicon: Lexicon
  public let context: AnnotationContext
  /// The document's blocks, in order; sentences name them by index.
  public let blocks: [Block]

  @inline(__always)
  public func isWord(_ index: Int, _ word: WordID) -> Bool { index < tokens.count && tokens[index].word == word }

  /// The token's bytes as a string; for values that leave the tagger, not for matching.
  public func string(_ index: Int) -> String { string(tokens[index].span) }

  public func string(_ span: ByteSpan) -> String { String(decoding: UnsafeBufferPointer(rebasing: bytes[span.range]), as: UTF8.self) }
}
