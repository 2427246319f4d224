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

  private var roots: [Root]
  private var template: String

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
    self.roots = roots.sorted { ($1.label.utf8.count, $0.label) < ($0.label.utf8.count, $1.label) }
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
      return SafeURL(
        trusted: template.replacing("{path}", with: SafeURL.encoded(absolute, keeping: keeping))
          .replacing("{relative}", with: SafeURL.encoded(relative, keeping: keeping)).replacing("{line}", with: String(line)))
    }
    return nil
  }
}
