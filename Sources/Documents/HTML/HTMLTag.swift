/// The elements that mean something to content extraction; all others are `other`.
enum HTMLTag: UInt8 {
  case text, other
  case html, head, body, title, meta, link, base
  case article, section, main, nav, aside, header, footer, div, span, p, br, hr
  case h1, h2, h3, h4, h5, h6
  case ul, ol, li, dl, dt, dd
  case table, thead, tbody, tfoot, tr, td, th, caption
  case blockquote, q, cite, pre, code, figure, figcaption, picture, img, video, audio, iframe,
    object, embed
  case a, b, i, em, strong, u, s, small, sub, sup, mark, font, abbr, time, address, label, button,
    input, select, textarea, form, fieldset
  case details, summary, center

  private static let names: [UInt64: HTMLTag] = {
    let all: [(String, HTMLTag)] = [
      ("html", .html), ("head", .head), ("body", .body), ("title", .title), ("meta", .meta),
      ("link", .link), ("base", .base),
      ("article", .article), ("section", .section), ("main", .main), ("nav", .nav),
      ("aside", .aside), ("header", .header),
      ("footer", .footer), ("div", .div), ("span", .span), ("p", .p), ("br", .br), ("hr", .hr),
      ("h1", .h1), ("h2", .h2), ("h3", .h3),
      ("h4", .h4), ("h5", .h5), ("h6", .h6), ("ul", .ul), ("ol", .ol), ("li", .li), ("dl", .dl),
      ("dt", .dt), ("dd", .dd),
      ("table", .table), ("thead", .thead), ("tbody", .tbody), ("tfoot", .tfoot), ("tr", .tr),
      ("td", .td), ("th", .th),
      ("caption", .caption), ("blockquote", .blockquote), ("q", .q), ("cite", .cite), ("pre", .pre),
      ("code", .code), ("figure", .figure),
      ("figcaption", .figcaption), ("picture", .picture), ("img", .img), ("amp-img", .img),
      ("video", .video), ("audio", .audio),
      ("iframe", .iframe), ("object", .object), ("embed", .embed), ("a", .a), ("b", .b), ("i", .i),
      ("em", .em), ("strong", .strong),
      ("u", .u), ("s", .s), ("small", .small), ("sub", .sub), ("sup", .sup), ("mark", .mark),
      ("font", .font), ("abbr", .abbr),
      ("time", .time), ("address", .address), ("label", .label), ("button", .button),
      ("input", .input), ("select", .select),
      ("textarea", .textarea), ("form", .form), ("fieldset", .fieldset), ("details", .details),
      ("summary", .summary), ("center", .center),
    ]
    return Dictionary(uniqueKeysWithValues: all.map { (key($0.0.utf8), $0.1) })
  }()

  /// Names of up to ten letters, packed seven bits a letter.
  private static func key(_ name: some Sequence<UInt8>) -> UInt64 {
    name.reduce(1) { $0 &<< 7 | UInt64($1 & 0x7F) }
  }

  init(name: UnsafeBufferPointer<UInt8>) {
    guard name.count <= 10 else {
      self = .other
      return
    }
    self = HTMLTag.names[HTMLTag.key(name)] ?? .other
  }

  /// Elements that stand on lines of their own.
  var isBlock: Bool {
    switch self {
    case .html, .head, .body, .title, .article, .section, .main, .nav, .aside, .header, .footer,
      .div, .p, .hr, .h1, .h2, .h3, .h4, .h5, .h6, .ul,
      .ol, .li, .dl, .dt, .dd, .table, .thead, .tbody, .tfoot, .tr, .td, .th, .caption, .blockquote,
      .pre, .figure, .figcaption, .video, .audio,
      .iframe, .object, .embed, .address, .select, .textarea, .form, .fieldset, .details, .summary,
      .center:
      return true
    default: return false
    }
  }

  var headingLevel: Int {
    switch self {
    case .h1: return 1
    case .h2: return 2
    case .h3: return 3
    case .h4: return 4
    case .h5: return 5
    case .h6: return 6
    default: return 0
    }
  }

  /// Elements whose presence makes a `div` a container rather than a paragraph.
  var makesContainer: Bool {
    switch self {
    case .blockquote, .dl, .div, .img, .ol, .p, .pre, .table, .ul, .section, .article, .main, .h1,
      .h2, .h3, .h4, .h5, .h6, .figure, .li, .form,
      .header, .footer, .aside, .nav, .td, .tr, .tbody, .details:
      return true
    default: return false
    }
  }

  /// Elements that are part of running text.
  var isPhrasing: Bool {
    switch self {
    case .text, .a, .b, .i, .em, .strong, .u, .s, .small, .sub, .sup, .mark, .font, .abbr, .time,
      .span, .q, .cite, .code, .br, .label:
      return true
    default: return false
    }
  }
}
