/// A report before it has a format: headings, lines and the evidence they rest on. Digests, alerts, entity pages and indexes are all made
/// into one of these, and one renderer a format turns it into bytes.
///
/// All strings are plain text, however hostile; escaping is the renderers' business alone.
struct Page: Sendable {
  var title: String
  /// One or two lines under the title.
  var summary: [PageText] = []
  var frontMatter: [FrontMatterField] = []
  /// Folder of the page in the output, "digests"; decides how links go.
  var folder: String
  /// Which page of the site it is, for the mark in the navigation.
  var sitePage: SitePage?
  var sections: [PageSection] = []
}

/// A line of YAML front matter; the keys are ours.
struct FrontMatterField: Sendable {
  enum Value: Sendable { case text(String), bare(String), list([String]) }
  var key: StaticString
  var value: Value

  init(_ key: StaticString, _ value: Value) {
    self.key = key
    self.value = value
  }
}

struct PageSection: Sendable {
  /// Identity in the page: "alerts", "timeline".
  var anchor: String
  var title: String
  var blocks: [PageBlock]
  /// 2 for a section, 3 for a part of one.
  var level = 2
}

enum PageBlock: Sendable {
  case paragraph(PageText)
  case items([PageItem], style: ItemStyle, more: PageText?)
  case table(PageTable)
  case chart(Chart)
  /// What a reader opens who wants more: in a browser a fold, elsewhere left out, as it repeats what a picture shows.
  case details(String, [PageBlock])
}

enum ItemStyle: Sendable {
  /// The line, and every quotation below it.
  case full
  /// The line with its quotation after it.
  case line
  /// The line, and its quotations side by side.
  case sides
  /// Numbered, with the place of the evidence only: what is said in full further down.
  case headline
}

/// One line of a report and what it rests on.
struct PageItem: Sendable {
  var anchor: String?
  var badge: PageBadge?
  var text: PageText
  /// Further sentences about it.
  var notes: [PageText] = []
  var citations: [Citation] = []
  /// Quotations left out.
  var moreCitations = 0
  /// What tells of the same: shown under it, smaller.
  var also: [PageItem] = []
}

/// A word that sets an item apart: a severity, a verdict, a state.
struct PageBadge: Sendable, Hashable {
  enum Tone: String, Sendable { case info, notice, warning, critical, good, plain }
  var label: String
  var tone: Tone
}

struct PageTable: Sendable {
  var caption: String
  var columns: [String]
  /// Each as wide as `columns`; the first cell names the row.
  var rows: [[PageText]]
  var more: PageText?
  /// Columns that hold numbers.
  var numeric: Set<Int> = []
  /// Identity in the page of each row that has one, by its index.
  var anchors: [Int: String] = [:]
}

/// A place in a note with the sentence that stands there.
struct Citation: Sendable, Hashable {
  /// Who says it and how far: "The Ledger, 3 March 2025".
  var label: String = ""
  /// Trimmed for reading.
  var quote: String
  var path: String
  var line: Int
  var url: SafeURL?
  /// The sentence at the address that the note was taken from.
  var original: SafeURL?
  /// Other places where the same sentence stands.
  var also: [Citation] = []

  var place: String { "\(path):\(line)" }
}

/// A page of the output.
struct PageLink: Sendable, Hashable {
  var folder: String
  /// Without extension.
  var name: String
  var anchor: String?

  init(folder: String, name: String, anchor: String? = nil) {
    self.folder = folder
    self.name = name
    self.anchor = anchor
  }

  /// Digests and alerts are written as Markdown too; all other pages are for the browser alone.
  var hasMarkdown: Bool { folder == OutputLayout.digests || folder == OutputLayout.alerts }
}

/// Text with a little emphasis and a few links.
struct PageText: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  enum Run: Sendable, Hashable {
    case plain(String)
    case strong(String)
    case code(String)
    /// A day or another stretch of time, with its interchange form.
    case time(String, iso: String)
    case page(String, PageLink)
    /// A title that leads to its own page.
    case title(String, PageLink)
    case anchor(String, id: String)
    case external(String, SafeURL)
    case cite(Citation)
    /// A number, with a bar of its share of the greatest where the format can draw.
    case meter(Int, of: Int, PageBadge.Tone)
  }

  var runs: [Run]

  init(_ runs: [Run]) { self.runs = runs }
  init(_ text: String) { runs = [.plain(text)] }
  init(stringLiteral value: String) { runs = [.plain(value)] }

  static func + (a: PageText, b: PageText) -> PageText { PageText(a.runs + b.runs) }
  static func strong(_ text: String) -> PageText { PageText([.strong(text)]) }
  static func code(_ text: String) -> PageText { PageText([.code(text)]) }
}
