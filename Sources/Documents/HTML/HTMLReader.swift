enum HTMLReader {
  static func looksLikeHTML(_ bytes: [UInt8]) -> Bool { false }
  static func read(_ decoded: DecodedText) throws(ReadingRefusal) -> Document {
    throw .tooComplex("not yet")
  }
}
