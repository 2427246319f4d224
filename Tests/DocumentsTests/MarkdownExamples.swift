/// Markdown of every kind, written for these tests, and the ways to dress it.
enum MarkdownExamples {
  static let all: [String] = [
    "Plain words in a line.\n",
    "One line\nand the next\nof a paragraph.\n\nAnother paragraph.\n",
    "Trailing spaces  \nmake a break\nand a backslash\\\ndoes too.\n",
    "# Heading one\n\nText below.\n\n## Heading *two* here ##\n\nMore `code` text.\n",
    "Setext heading\n===\n\nBelow it\nmore\n\nSecond setext\n---\n\nEnd.\n",
    "Some *emphasis*, some **strong text**, ***both*** and _under_ __double__.\n",
    "A ~~struck~~ word, and ~single~ too.\n",
    "A [link](http://northwind.example/a \"Title\") and [another](<b c> \"d\") c.\n",
    "A [link\nover lines](http://northwind.example\n\"title\nhere\") goes on.\n",
    "Escapes: \\*not emphasis\\* \\# \\[x\\] and \\\\ done.\n",
    "Entities &amp; more &copy; &#8220;quoted&#8221; &#x2014; end &unknown; tail.\n",
    "Code `a b` and ``c ` d`` and `e\nf` after.\n",
    "- one\n- two\n  more of two\n- three\n\n  loose paragraph\n",
    "1. first\n2. second\n   - nested a\n   - nested b\n     continued\n3. third\n",
    "* item with *emphasis*\n* item with `code`\n\n+ other list\n",
    "- [ ] open task\n- [x] closed task\n",
    "> quoted text\n> over lines\n\nnot quoted\n",
    "> quote with\nlazy continuation\n\n> > nested quote\n> > again\n> back out\n",
    "> **Ada Quill**: The plan holds.\n>\n> It was never changed.\n",
    "> - list in quote\n> - second\n>\n> 1. ordered\n",
    "- > quote in list\n  > more\n- plain\n",
    "```swift\nlet a = 1\n\n  let b = 2\n```\n\nAfter code.\n",
    "    indented code\n      deeper\n\n    again\n\nAfter.\n",
    "~~~\ntilde fence\n~~~\n",
    "- item\n\n      code in item\n\n  text in item\n",
    "| Name | Role |\n|------|:----:|\n| Ada | lead |\n| Bo *Lind* | |\n",
    "| a | b | c |\n|---|---|---|\n| | middle | |\n| x\\|y | `p q` | last |\n\nAfter the table.\n",
    "Head | Second\n--- | ---\ncell one | cell two\n",
    "Text with <b>inline</b> html and <i>more</i> of it.\n",
    "Line one<br>line two<br/>line three\n",
    "<div>\n<p>Paragraph in &amp; html.</p>\n<p>Second <a href=\"x\">linked</a> one.</p>\n</div>\n\nBehind.\n",
    "<!-- hidden\ncomment -->\n\nVisible <!-- not this --> text.\n",
    "<script>\nvar x = 1;\n</script>\n\nAfter script.\n",
    "Text ![alt words](img.png) inside.\n",
    "![first caption](a.png)\n![second caption](b.png)\n\nBody text here.\n",
    "Paragraph begins\n![then a picture](c.png)\nand goes on.\n",
    "An autolink <http://contoso.example/path> and <mail@contoso.example> here.\n",
    "A [[wiki link]] and a [[target|shown words]] here.\n",
    "A claim.[^1] And another.[^note]\n\n[^1]: Word\n[^note]: Several words of\n    a longer note.\n\nAfter notes.\n",
    "Text with a note[^a].\n\n[^a]: First part.\n\n    Second part of it.\n\nEnd of text.\n",
    "Above\n\n---\n\nBelow\n\n***\n\nLast\n",
    "Hard *emphasis\nover lines* and **strong\ntoo** here.\n",
    "Tabs\there\tand\tthere.\n\n-\ttab item\n-\tsecond\n",
    "Unicode: café, naïve, 東京, Привет мир, “quotes” — dash.\n",
    "Long **bold** *it* `c` [l](u) ~~s~~ **bold** *it* `c` [l](u) ~~s~~ end.\n",
    "Unclosed *emphasis and [bracket and `code and **strong\n",
    "##### Five\n###### Six\n####### Seven is none\n#hash is none\n",
    "First\n- list right after\n- more\nlazy text\n\nEnd\n",
    "10) ten\n11) eleven\n\n    code not item\n",
    "Nested ![alt with [link](u) and *emphasis*](i.png)\n",
    "&lt;not a tag&gt; &#0; &#1234567890; fine\n",
    "a\u{00A0}b no-break\u{2003}em space\n",
    "",
    "\n\n\n",
    "   \n\t\n",
    "One *a `b* c` d\n",
    "Link in **[bold link](u)** and [**strong in link**](v).\n",
    "> # Heading in quote\n> text\n>\n> | t | u |\n> |---|---|\n> | v | w |\n",
    "Term: value  \nOther: value  \nlower case goes on\n",
  ]

  struct Dressing: Sendable {
    var name: String
    var apply: @Sendable (String) -> [UInt8]
  }

  static let dressings: [Dressing] = [
    Dressing(name: "LF") { Array($0.utf8) },
    Dressing(name: "CRLF") { text in text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } },
    Dressing(name: "CR") { text in text.utf8.map { $0 == 0x0A ? 0x0D : $0 } },
    Dressing(name: "byte order mark") { [0xEF, 0xBB, 0xBF] + Array($0.utf8) },
    Dressing(name: "no final newline") { text in Array(text.utf8.reversed().drop { $0 == 0x0A }.reversed()) },
    Dressing(name: "front matter") { Array("---\ntitle: Dressed\ndate: 2025-07-23\n---\n\n".utf8) + Array($0.utf8) },
    Dressing(name: "in a quotation") { prefixed($0, first: "> ", rest: "> ") },
    Dressing(name: "in a list") { prefixed($0, first: "- ", rest: "  ") },
    Dressing(name: "lazy") { prefixed($0, first: "> ", rest: "") },
    Dressing(name: "tab-indented") { prefixed($0, first: "-\t", rest: "\t") },
  ]

  private static func prefixed(_ text: String, first: String, rest: String) -> [UInt8] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for index in lines.indices where index + 1 < lines.count || !lines[index].isEmpty {
      lines[index] = (index == 0 ? first : rest) + lines[index]
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// A document of random tokens, the same for the same seed.
  static func soup(seed: UInt64, tokens count: Int) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let tokens = [
      "word", "Another", "x", " ", " ", " ", "\n", "\n", "\n\n", "*", "**", "_", "`", "``", "[", "]", "](u)", "(", ")", "!", "![", "# ",
      "## ", "- ", "* ",
      "1. ", "> ", "    ", "\t", "|", " | ", "|---|\n", "<b>", "</b>", "<div>", "</div>", "<!--", "-->", "&amp;", "&", ";", "\\", "~~", "~",
      "---\n", "===\n",
      "```\n", ":", "[^1]", "[^1]: ", "[[", "]]", "<br>", "  \n", "é", "東", "“", "http://a.example", "<http://b.example>", "\r\n", "[x] ",
      ".", ",", "=",
    ]
    var out: [UInt8] = []
    for _ in 0..<count { out += tokens[random(tokens.count)].utf8 }
    return out
  }
}
