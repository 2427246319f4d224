import Documents
import Glibc

/// The interchange form of the annotate stage: a JSON object a line in, `bellwether.annotation/v1` a line out, in the same order.
public enum AnnotationLines {
  /// Answers every line of `input` on `output` until the input ends. A line that cannot be used is named on standard error and skipped.
  ///
  /// - Returns: how many lines were skipped.
  /// - Throws: `InterchangeError` where reading or writing fails.
  @discardableResult
  public static func run(_ annotator: Annotator, input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) throws -> Int {
    var reader = LineReader(descriptor: input)
    var sink = LineSink(descriptor: output)
    var json = JSONWriter(reserving: 4096)
    var number = 0
    var bad = 0
    var more = true
    while more {
      more = try reader.next(beforeWaiting: { try sink.flush() }) { line in
        number += 1
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        do {
          let request = try AnnotationRequest(line)
          let annotation = annotator.annotate(request.text, context: request.context)
          AnnotationWriter.write(annotation, id: request.id, text: request.text, into: &json)
          sink.bytes += json.bytes
          json.removeAll()
        } catch let error as FlatJSON.Failure {
          bad += 1
          let words = "annotate: line \(number) of the input was skipped: \(error)\n"
          _ = words.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        }
        try sink.flushIfLarge()
      }
    }
    try sink.flush()
    return bad
  }
}

/// One line of input.
struct AnnotationRequest {
  var id: String
  var text: [UInt8]
  var context = AnnotationContext()

  init(_ line: UnsafeBufferPointer<UInt8>) throws {
    var id: String?
    var text: [UInt8]?
    var reference: String?
    var culture: String?
    var json = FlatJSON(line)
    try json.object(wanted: ["id", "text", "reference_time", "culture"]) { name, value in
      switch name {
      case "id": id = String(decoding: value, as: UTF8.self)
      case "text": text = value
      case "reference_time": reference = String(decoding: value, as: UTF8.self)
      default: culture = String(decoding: value, as: UTF8.self)
      }
    }
    guard let id else { throw FlatJSON.Failure(what: "\"id\" is missing", offset: 0) }
    guard let text else { throw FlatJSON.Failure(what: "\"text\" is missing", offset: 0) }
    guard String(validating: text, as: UTF8.self) != nil else {
      throw FlatJSON.Failure(what: "\"text\" is not UTF-8", offset: 0)
    }
    self.id = id
    self.text = text
    if let reference {
      guard let moment = AnnotationRequest.moment(reference) else {
        throw FlatJSON.Failure(what: "\"reference_time\" must be YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS, not \"\(reference)\"", offset: 0)
      }
      context.reference = moment.day
      context.referenceSecond = moment.second
    }
    if let culture, culture.lowercased() == AnnotationContext.Culture.enGB.rawValue { context.culture = .enGB }
  }

  /// `YYYY-MM-DD`, perhaps followed by `T` or a space and `HH:MM` or `HH:MM:SS`; what follows that (a zone) is not looked at.
  static func moment(_ text: String) -> (day: CalendarDate, second: Int)? {
    guard let day = CalendarDate(iso8601: text.prefix(10)) else { return nil }
    let rest = text.dropFirst(10)
    guard let separator = rest.first else { return (day, 0) }
    guard separator == "T" || separator == " " else { return nil }
    let parts = rest.dropFirst().prefix(8).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, let hour = Int(parts[0].prefix(2)), let minute = Int(parts[1].prefix(2)), hour < 25, minute < 60 else {
      return nil
    }
    let second = parts.count > 2 ? Int(parts[2].prefix(2)) ?? 0 : 0
    return (day, hour * 3600 + minute * 60 + second)
  }
}
