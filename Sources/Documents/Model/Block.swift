/// A part of a document: a paragraph, a heading, a list item, a table row, …
public struct Block: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case paragraph, heading
    case listItem = "list_item"
    case quotation
    case tableRow = "table_row"
    case code, caption, html
  }

  /// What the block is to the reader. Facts come from `body`, `heading`, `quotation`, `list`, `table` and `caption` only.
  public enum Role: String, Sendable {
    case body, heading, quotation, list, table, code, caption, boilerplate, promotion, disclaimer,
      navigation

    /// Whether the block is the author's own account of the world.
    public var isContent: Bool {
      switch self {
      case .body, .heading, .quotation, .list, .table, .caption: return true
      case .code, .boilerplate, .promotion, .disclaimer, .navigation: return false
      }
    }
  }

  public var kind: Kind
  public var role: Role
  /// Span of the block's visible text in `Document.text`, without its final newline.
  public var text: ByteSpan
  /// Span in `Document.source`.
  public var source: ByteSpan
  /// Heading level 1–6; nesting depth for lists and quotations; else 0.
  public var level: Int
  /// Index in `Document.blocks` of the nearest heading that governs this block.
  public var heading: Int?
  /// Who speaks, for quotations of the form `> **Name**: …`, as a span of visible text.
  public var speaker: ByteSpan?
  /// For table rows: the cells in order, as spans of visible text; row 0 of a table is its header.
  public var cells: [ByteSpan]
  /// For table rows: index in `Document.blocks` of the header row, nil for the header itself.
  public var headerRow: Int?

  public init(
    kind: Kind, role: Role, text: ByteSpan, source: ByteSpan, level: Int = 0, heading: Int? = nil,
    speaker: ByteSpan? = nil,
    cells: [ByteSpan] = [], headerRow: Int? = nil
  ) {
    self.kind = kind
    self.role = role
    self.text = text
    self.source = source
    self.level = level
    self.heading = heading
    self.speaker = speaker
    self.cells = cells
    self.headerRow = headerRow
  }
}
