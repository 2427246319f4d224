/// Strings that notes, names and titles may hold, each an attack on a sink or a trap of one.
enum Hostile {
  static let strings: [String] = [
    "](javascript:alert(1))", "[click](javascript:alert(1))", "![x](http://evil.example/p.png)", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<!-- -->", "</style></title>", "&#106;avascript:alert(1)", "&lt;b&gt;", "R&D", "[[wiki|link]]",
    "![[embed]]", "%%", "%%comment%%", "---", "===", "***", "# heading", "#tag", "> quote", "- list", "+ list", "* list", "1. one",
    "12) two",
    "```", "~~~swift", "`code`", "``", "a | b | c", "|---|---|", "~~gone~~", "==marked==", "$x^2$", "$5 and $6", "[^1]", "[^1]: note",
    "^block",
    "**bold**", "__init__", "snake_case_name", "\\", "\\*", "\\\\[", "http://evil.example/x", "https://evil.example", "www.evil.example",
    "a@evil.example", "mailto:a@evil.example", "ftp://evil.example", "field:: value", "{{template}}", "{% raw %}", "\u{1B}[2J",
    "\u{1B}]8;;http://evil.example\u{07}x",
    "\u{9B}31m", "a\rb", "a\nb", "a\r\n\r\nb", "\tx", "\u{202E}gpj.exe", "\u{2066}x\u{2069}", "\u{200B}", "\u{FEFF}x", "\u{E0041}",
    "=cmd|' /C calc'!A0",
    "+1+1", "-2+3", "@SUM(A1)", "\"quoted\", and more", "key: value", "- [ ] task", "> [!note] callout", "!", "![", "](", ")", "<", ">",
    "&", "'",
    "\"", "<http://evil.example>", "<a@b.example>", "[a]: http://evil.example", "<div>\n\n# x", "    code", "x\n---", "x\n===", "x  \ny",
    "été 🇫🇷 👩‍💻",
    "می‌خواهم", "2025. The year", "1986\\. A great year", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}x\u{2029}", "soft\u{AD}hyphen",
    "---\ngenerator: x\n---",
    ":::note", ": definition", "Term\n: x", "[x", "x]", "*x", "_x_", "<x", "a<b>c</b>", "&copy;", "&#x41;", "&#0;", "%", "100 %", "3 = 3",
    "a == b", "::", "://",
  ]

  /// Every string, and pairs of them, as attacks often need two pieces.
  static var all: [String] {
    strings + strings.indices.map { strings[$0] + " " + strings[($0 * 7 + 3) % strings.count] }
      + strings.indices.map { strings[$0] + strings[($0 * 11 + 5) % strings.count] }
  }
}
