/// How a citation becomes a link that opens the note at its line.
///
/// A template is an address with the placeholders `{path}` (absolute path), `{relative}` (path below its folder) and `{line}`:
/// `file://{path}#L{line}` (the default), `vscode://file{path}:{line}`,
/// `obsidian://open?vault=Work&file={relative}`, `obsidian://adv-uri?vault=Work&filepath={relative}&line={line}`.
public struct EvidenceLinks: Sendable, Hashable {
  /// A watched folder: notes are shown as `label/relative`, or as `relative` where the label is empty.
  public struct Root: Sendable, Hashable {
    public var label: String
    public var path: String

    public init(label: String = "", path: String) {
      self.label = label
      self.path = path
    }
  }

  /// What is wrong with a template, for the configuration's error.
  public struct InvalidTemplate: Error, Sendable, Hashable, CustomStringConvertible {
    public var template: String
    public var reason: String
    public var description: String { "link template '\(TerminalText.escape(template))': \(reason)" }
  }

  public static let defaultTemplate = "file://{path}#L{line}"
  /// Schemes that open a note; nothing that runs code.
  static let schemes = [
    "file", "http", "https", "obsidian", "vscode", "vscode-insiders", "vscodium", "cursor", "zed", "idea", "txmt", "subl", "emacs",
    "logseq",
  ]

  private enum Piece: Hashable {
    case text(Substring), path, relative, line
  }

  private var roots: [Root]
  private var template: String
  /// The template in pieces: an address is made for every quotation.
  private var pieces: [Piece]

  /// - Throws: `InvalidTemplate` where the scheme is none that opens files or a placeholder is unknown.
  public init(roots: [Root], template: String = EvidenceLinks.defaultTemplate) throws(InvalidTemplate) {
    guard let scheme = SafeURL.scheme(of: template), EvidenceLinks.schemes.contains(scheme) else {
      throw InvalidTemplate(template: template, reason: "its scheme must be one of \(EvidenceLinks.schemes.joined(separator: ", "))")
    }
    let bare = ["{path}", "{relative}", "{line}"].reduce(template) { $0.replacing($1, with: "") }
    guard !bare.contains("{"), !bare.contains("}") else {
      throw InvalidTemplate(template: template, reason: "known placeholders are {path}, {relative} and {line}")
    }
    guard bare.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !bare.contains(where: { "<>\"'()\\|`".contains($0) }) else {
      throw InvalidTemplate(template: template, reason: "blanks, quotes, brackets and non-ASCII letters must be percent-encoded")
    }
    self.init(checked: template, roots: roots)
  }

  /// The default template.
  public init(roots: [Root]) { self.init(checked: EvidenceLinks.defaultTemplate, roots: roots) }

  private init(checked template: String, roots: [Root]) {
    self.template = template
    pieces = EvidenceLinks.pieces(of: template)
    self.roots = roots.sorted { ($1.label.utf8.count, $0.label) < ($0.label.utf8.count, $1.label) }
  }

  /// What makes the same addresses of the same places has the same, in every process.
  public var identity: String { ([template] + roots.flatMap { [$0.label, $0.path] }).joined(separator: "\u{1F}") }

  private static func pieces(of template: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(template)
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { pieces.append(.text(rest[..<open])) }
      let name = rest[open...].prefix { $0 != "}" }.dropFirst()
      switch name {
      case "path": pieces.append(.path)
      case "relative": pieces.append(.relative)
      case "line": pieces.append(.line)
      // Checked before: there is no other.
      default: pieces.append(.text("{\(name)}"))
      }
      rest = rest[name.endIndex...].dropFirst()
    }
    return rest.isEmpty ? pieces : pieces + [.text(rest)]
  }

  /// The address of a line; nil where the path lies under no known folder.
  func url(path: String, line: Int) -> SafeURL? {
    for root in roots {
      let relative: String
      if root.label.isEmpty {
        relative = path
      } else if path.hasPrefix(root.label + "/") {
        relative = String(path.dropFirst(root.label.count + 1))
      } else {
        continue
      }
      let base = root.path.hasSuffix("/") ? String(root.path.dropLast()) : root.path
      let absolute = relative.hasPrefix("/") ? relative : "\(base)/\(relative)"
      let keeping = "-._~/"
      var address = ""
      for piece in pieces {
        switch piece {
        case .text(let text): address += text
        case .path: address += SafeURL.encoded(absolute, keeping: keeping)
        case .relative: address += SafeURL.encoded(relative, keeping: keeping)
        case .line: address += String(line)
        }
      }
      return SafeURL(trusted: address)
    }
    return nil
  }
}
