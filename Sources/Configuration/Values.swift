/// A wall-clock time of a day, `HH:MM`.
public struct TimeOfDay: Sendable, Hashable, CustomStringConvertible {
  public var hour: Int
  public var minute: Int

  public init(hour: Int, minute: Int) {
    self.hour = hour
    self.minute = minute
  }

  /// Nil unless the text is two digits, a colon and two digits from 00:00 to 23:59.
  public init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 5, digits[2] == UInt8(ascii: ":") else { return nil }
    let values = [0, 1, 3, 4].map { Int(digits[$0]) - 48 }
    guard values.allSatisfy({ (0...9).contains($0) }) else { return nil }
    hour = values[0] * 10 + values[1]
    minute = values[2] * 10 + values[3]
    guard hour < 24, minute < 60 else { return nil }
  }

  public var description: String {
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    return "\(two(hour)):\(two(minute))"
  }
}

extension Duration {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
  ]

  /// A whole number and its unit: `200ms`, `2s`, `5m`, `3h`, `90d`, `2w`. Nil otherwise; a number without a unit is no duration.
  public init?(unitText text: String) {
    let digits = text.utf8.prefix { (48...57).contains($0) }
    guard !digits.isEmpty, let number = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
    let rest = text.utf8.dropFirst(digits.count).drop { $0 == UInt8(ascii: " ") }
    let name = String(decoding: rest, as: UTF8.self)
    guard let unit = Duration.units.first(where: { $0.name == name }) else { return nil }
    let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
    guard !overflow else { return nil }
    self = .milliseconds(milliseconds)
  }

  /// The shortest form that `init(unitText:)` reads back; parts of a millisecond are cut off.
  public var unitText: String {
    let milliseconds = inMilliseconds
    guard milliseconds != 0 else { return "0s" }
    let unit = Duration.units.dropFirst().first { milliseconds % $0.milliseconds == 0 }
    return "\(milliseconds / (unit?.milliseconds ?? 1))\(unit?.name ?? "ms")"
  }

  public var inMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
  }

  public static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
}

/// Sizes in bytes as people write them.
public enum ByteCount {
  private static let units: [(name: String, factor: Int)] = [
    ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1),
  ]

  /// `16MiB`, `64 KiB`, `1GB`. Nil otherwise; a number without a unit is no size.
  public static func parse(_ text: String) -> Int? {
    let digits = text.utf8.prefix { (48...57).contains($0) }
    guard !digits.isEmpty, let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    let name = String(decoding: text.utf8.dropFirst(digits.count).drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    guard let unit = units.first(where: { $0.name == name }) else { return nil }
    let (value, overflow) = number.multipliedReportingOverflow(by: unit.factor)
    return overflow ? nil : value
  }

  /// The shortest form that `parse` reads back.
  public static func text(_ bytes: Int) -> String {
    guard bytes != 0, let unit = units.first(where: { bytes % $0.factor == 0 }) else { return "\(bytes)B" }
    return "\(bytes / unit.factor)\(unit.name)"
  }
}
