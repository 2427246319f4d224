/// Text from notes as inline Markdown that renders as that text: for CommonMark, GitHub and Obsidian alike.
///
/// Nothing of it can become a link, an embed, HTML, emphasis, a tag, a comment, mathematics, a table cell or a block, wherever in a line
/// it stands. What is harmless stays as it is, because people read the source too.
public enum MarkdownText {
  public static func escape(_ text: some StringProtocol) -> String { escape(text, keepingEdges: false, startsBlock: true) }

  /// - Parameter keepingEdges: for a piece of a line.
  /// - Parameter startsBlock: false where something stands before it on its line, which no list, rule or heading can follow.
  static func escape(_ text: some StringProtocol, keepingEdges: Bool, startsBlock: Bool) -> String {
    let scalars = Array(VisibleText.line(text, keepingEdges: keepingEdges).unicodeScalars)
    let first = startsBlock ? (scalars.first == " " ? 1 : 0) : scalars.count
    var out = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let previous = index > 0 ? scalars[index - 1] : " "
      switch scalar {
      // Entities, because they hold in renderers too that look for HTML before they look for backslashes.
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "&" where isEntity(scalars[(index + 1)...]): out.append(contentsOf: "&amp;".unicodeScalars)
      // Obsidian's comments (%%), highlights (==) and Dataview's fields (::) know no backslash.
      case "%" where next == "%" || previous == "%": out.append(contentsOf: "&#37;".unicodeScalars)
      case "=" where next == "=" || previous == "=": out.append(contentsOf: "&#61;".unicodeScalars)
      case ":" where next == ":" || previous == ":": out.append(contentsOf: "&#58;".unicodeScalars)
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$", "#", "^", "@", "{", "}":
        out.append("\\")
        out.append(scalar)
      // A block begins only where the text begins: lists, rules, headings by underlining.
      case "-" where index == first, "+" where index == first && next == " ", "=" where index == first, ":" where index == first:
        out.append("\\")
        out.append(scalar)
      case ".", ")":
        // "1. " begins a list, "1.3" does not; at the end of a piece nobody knows what follows.
        let isEnd = next == " "
        if (isEnd && index > first && isListNumber(scalars[first..<index])) || (scalar == "." && closesWWW(scalars[..<index])) {
          out.append("\\")
        }
        out.append(scalar)
      // Bare addresses become links in GitHub and Obsidian.
      case ":" where next == "/":
        out.append("\\")
        out.append(scalar)
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// A heading, link text or cell: the same rules, as all of them are inline.
  static func link(_ text: String, to url: SafeURL) -> String {
    "[\(escape(text, keepingEdges: false, startsBlock: false))](\(url.markdown))"
  }

  /// A code span that holds the text as it is, whatever backticks it has.
  static func code(_ text: String) -> String {
    let line = VisibleText.line(text)
    var longest = 0
    var run = 0
    for scalar in line.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
    return "\(fence)\(pad)\(line.replacing("|", with: "¦"))\(pad)\(fence)"
  }

  /// "copy;" and "#x41;" are what follows the ampersand of an entity; "D," is not.
  private static func isEntity(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    let name = rest.prefix { $0 == "#" || ($0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)) }
    return !name.isEmpty && rest.dropFirst(name.count).first == ";"
  }

  private static func isListNumber(_ prefix: ArraySlice<Unicode.Scalar>) -> Bool {
    !prefix.isEmpty && prefix.count <= 9 && prefix.allSatisfy { ("0"..."9").contains($0) }
  }

  private static func closesWWW(_ prefix: ArraySlice<Unicode.Scalar>) -> Bool {
    prefix.count >= 3 && prefix.suffix(3).allSatisfy { $0 == "w" || $0 == "W" }
  }
}
