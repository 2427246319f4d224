import Documents
import Glibc

/// One entity that is known by name.
public struct GazetteerEntry: Sendable, Hashable {
  /// A name the entity bore only for a time.
  public struct FormerName: Sendable, Hashable {
    public var name: String
    /// First day of the name; nil: from the beginning.
    public var from: CalendarDate?
    /// Last day of the name; nil: to this day.
    public var until: CalendarDate?
  }

  public var id: String
  public var name: String
  public var type: EntityValue.Kind
  public var aliases: [String] = []
  /// Phrases that rule a match out: around the alias where they contain it ("Amazon rainforest"), else anywhere in its sentence.
  public var not: [String] = []
  /// Id of the maker, employer or parent.
  public var organization: String?
  /// "chief executive", for people.
  public var role: String?
  public var renamed: [FormerName] = []
  /// Publications of one house share a family, and do not corroborate one another.
  public var publisherFamily: String?
  /// File and line the entry comes from, for messages.
  public var origin: String

  /// All of it but where it stands, in one text: equal for equal entries, whatever file and line they come from.
  public var text: String {
    let former = renamed.map { "\($0.name)\u{1E}\($0.from?.description ?? "")\u{1E}\($0.until?.description ?? "")" }
    let parts = [id, name, type.rawValue, organization ?? "", role ?? "", publisherFamily ?? ""]
    return [parts, aliases, not, former].map { $0.joined(separator: "\u{1E}") }.joined(separator: "\u{1D}")
  }

  /// Everything the entity is called.
  public var surfaces: [String] { [name] + aliases + renamed.map(\.name) }
}

extension GazetteerEntry {
  /// - Parameter origin: file and line, for messages; empty where it is not from a file yet.
  public init(id: String, name: String, type: EntityValue.Kind, origin: String) {
    self.init(
      id: id, name: name, type: type, aliases: [], not: [], organization: nil, role: nil, renamed: [], publisherFamily: nil, origin: origin)
  }
}

/// The entities a user has named, from YAML: canonical ids, types, aliases, contexts in which they are not meant.
public struct Gazetteer: Sendable {
  public static let empty = Gazetteer()

  /// In the order of the files; an id occurs once.
  public private(set) var entries: [GazetteerEntry] = []
  private var byID: [String: Int] = [:]

  public init() {}

  /// - Parameters:
  ///   - yaml: text of one file.
  ///   - file: its name, for messages.
  /// - Throws: `GazetteerError` with file, line, column and what to do.
  public init(yaml: String, file: String) throws {
    var reader = GazetteerReader(file: file)
    for entry in try reader.read(yaml) { add(entry) }
  }

  /// Reads and merges several files. An id that a later file names again replaces the earlier entry.
  /// - Throws: `GazetteerError`, also for a file that cannot be read and for an `organization` that no file defines.
  public static func load(files: [String]) throws -> Gazetteer {
    var all = Gazetteer()
    for file in files { all.merge(try Gazetteer(yaml: try contents(of: file), file: file)) }
    try all.checkReferences()
    return all
  }

  public mutating func merge(_ other: Gazetteer) { for entry in other.entries { add(entry) } }

  public func entry(_ id: String) -> GazetteerEntry? { byID[id].map { entries[$0] } }

  /// Every `organization` must be an entry's id.
  /// - Throws: `GazetteerError` for the first that is not.
  public func checkReferences() throws {
    for entry in entries {
      guard let owner = entry.organization, byID[owner] == nil else { continue }
      throw GazetteerError(
        position: entry.origin,
        message: "'\(entry.id)' belongs to organization '\(owner)', which no file defines; add an entry with this id or correct it")
    }
  }

  /// Words of the aliases, for the lexicon.
  var vocabulary: [String] { Gazetteer.words(in: entries.flatMap { $0.surfaces + $0.not }) }

  /// The words and marks of some names as the tokenizer cuts them.
  static func words(in surfaces: [String]) -> [String] {
    let tokenizer = Tokenizer(lexicon: Lexicon([String]()))
    return surfaces.flatMap { surface in
      Array(surface.utf8).withUnsafeBufferPointer { bytes in
        tokenizer.tokenize(bytes).filter { !$0.isNumber }.map { token in
          String(decoding: UnsafeBufferPointer(rebasing: bytes[token.span.range]), as: UTF8.self).straightApostrophes
        }
      }
    }
  }

  private mutating func add(_ entry: GazetteerEntry) {
    if let index = byID[entry.id] {
      entries[index] = entry
    } else {
      byID[entry.id] = entries.count
      entries.append(entry)
    }
  }

  private static func contents(of file: String) throws -> String {
    func failure(_ doing: String) -> GazetteerError {
      GazetteerError(
        position: file, message: "cannot \(doing) the gazetteer: \(String(cString: strerror(errno))); check the path and its permissions")
    }
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("read")
      }
      bytes += chunk[0..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What is wrong with a gazetteer, where, and what to do.
public struct GazetteerError: Error, CustomStringConvertible, Sendable, Equatable {
  /// "entities.yaml:12:5", or the file alone.
  public var position: String
  public var message: String

  public var description: String { "\(position): \(message)" }
}

extension String {
  /// The tokenizer numbers "O’Brien" as "o'brien".
  var straightApostrophes: String {
    utf8.contains(0xE2) ? String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\u{2019}" ? "'" : $0 })) : self
  }

  /// Lower-case ASCII letters and digits, runs of anything else as one hyphen: "Northwind Labs, Inc." is "northwind-labs-inc".
  public var slug: String {
    var out: [UInt8] = []
    for byte in lowercased().utf8 {
      if (byte &- 0x61 < 26) || (byte &- 0x30 < 10) || byte >= 0x80 {
        out.append(byte)
      } else if byte != 0x27, let last = out.last, last != 0x2D {
        out.append(0x2D)
      }
    }
    if out.last == 0x2D { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
  }
}
