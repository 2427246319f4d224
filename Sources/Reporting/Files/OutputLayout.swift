/// Where reports lie in the output folder.
public enum OutputLayout {
  public static let digests = "digests"
  public static let alerts = "alerts"
  public static let entities = "entities"
  /// One line an alert and change, below `alerts`.
  public static let alertLines = "alerts.jsonl"
}

/// The pages that every page leads to.
public enum SitePage: String, Sendable, CaseIterable {
  case overview = "index"
  case alerts, contradictions, commitments
  case comparison, sources, names

  public var file: String { "\(rawValue).html" }

  var title: String {
    switch self {
    case .overview: return "Overview"
    case .alerts: return "Alerts"
    case .contradictions: return "Contradictions"
    case .commitments: return "Promises"
    case .comparison: return "Side by side"
    case .sources: return "Sources"
    case .names: return "A–Z"
    }
  }

  var link: PageLink { PageLink(folder: "", name: rawValue) }
}

/// A file of the output, with its path below the output folder.
public struct OutputFile: Sendable, Hashable {
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Recognises what Bellwether wrote itself, so that an output folder below a notes folder is never read as notes.
public enum OwnOutput {
  /// Stands in the front matter of every Markdown file and in a `meta` element of every page.
  public static let generator = "bellwether"

  /// Whether a file begins like one of ours. Looks at the first 512 bytes only.
  public static func isMarked(_ bytes: some Collection<UInt8>) -> Bool {
    switch bytes.first {
    case UInt8(ascii: "-"): return bytes.starts(with: "---\ngenerator: \(generator)\n".utf8)
    case UInt8(ascii: "{"): return bytes.starts(with: "{\"schema\":\"bellwether.".utf8)
    case UInt8(ascii: "<"):
      return String(decoding: bytes.prefix(512), as: UTF8.self).contains("<meta name=\"generator\" content=\"\(generator)\">")
    default: return false
    }
  }
}
