/// What the words of an element's `class` and `id` say about it, found in one pass (Aho and Corasick, "Efficient string matching", 1975).
struct HTMLHints: OptionSet {
  let rawValue: UInt16
  init(rawValue: UInt16) { self.rawValue = rawValue }

  static let unlikely = HTMLHints(rawValue: 1)
  static let maybe = HTMLHints(rawValue: 2)
  static let positive = HTMLHints(rawValue: 4)
  static let negative = HTMLHints(rawValue: 8)
  static let byline = HTMLHints(rawValue: 16)
  static let share = HTMLHints(rawValue: 32)
  static let date = HTMLHints(rawValue: 64)
  /// Furniture within an article: teasers, newsletters, captions, tags, biographies.
  static let furniture = HTMLHints(rawValue: 128)
  static let caption = HTMLHints(rawValue: 256)
  /// The container of an article's text, by the names that publishing systems give it.
  static let bodyOfArticle = HTMLHints(rawValue: 512)
  static let comments = HTMLHints(rawValue: 1024)
  static let published = HTMLHints(rawValue: 2048)
  static let updated = HTMLHints(rawValue: 4096)

  init(of name: UnsafeBufferPointer<UInt8>) { self = HTMLHints.automaton.hints(in: name) }

  // Word lists after Mozilla's Readability; "furniture" and "bodyOfArticle" are our own.
  private static let vocabulary: [(HTMLHints, String)] = [
    (
      .unlikely,
      """
      -ad- ai2html banner breadcrumbs combx comment community cover-wrap disqus extra footer gdpr header legends menu related remark replies rss
      shoutbox sidebar skyscraper social sponsor supplemental ad-break agegate pagination pager popup yom-remote
      """
    ),
    (.maybe, "and article body column content main mathjax shadow"),
    (
      .positive,
      "article body content entry hentry h-entry main page pagination post text blog story"
    ),
    (
      .negative,
      """
      -ad- hidden banner combx comment com- contact footer gdpr masthead media meta outbrain promo related scroll share shoutbox sidebar skyscraper
      sponsor shopping tags widget
      """
    ),
    (.byline, "byline author dateline writtenby p-author"),
    (.share, "share sharedaddy sharing social-"),
    (.date, "date time publi posted pubdate timestamp stamp meta dateline byline info"),
    (.published, "publish pubdate posted entry-date post-date date-posted article-date story-date"),
    (.updated, "update modified lastmod"),
    (
      .furniture,
      """
      newsletter subscribe signup sign-up related recirc recommend read-more readmore most-read mostread popular trending outbrain taboola promo
      teaser sponsor advert -ad- ad-slot adslot ad_ share social follow-us cookie consent paywall author-bio authorbio about-author tag-list taglist
      post-tags article-tags breadcrumb pagination print-only donate navigation jump-to toc toolbar more-from morefrom also-read
      """
    ),
    (.caption, "caption credit"),
    (
      .bodyOfArticle,
      """
      article-body articlebody article__body article_body story-body storybody story__body post-body post-content postcontent post__content
      entry-content entrycontent article-content articlecontent article__content article-text articletext story-content body-content td-post-content
      article-copy body-copy bodytext main-text maintext e-content
      """
    ),
    (.comments, "comment disqus replies respond"),
  ]

  private static let automaton = Automaton(vocabulary)

  private struct Automaton {
    private static let width = 32
    private var next: [UInt16]
    private var found: [UInt16]

    init(_ vocabulary: [(HTMLHints, String)]) {
      next = [UInt16](repeating: 0, count: Automaton.width)
      found = [0]
      for (hint, words) in vocabulary {
        for word in words.utf8.split(whereSeparator: { ASCII.isSpace($0) }) {
          var state = 0
          for byte in word {
            let slot = state * Automaton.width + Automaton.symbol(byte)
            if next[slot] == 0 {
              next[slot] = UInt16(found.count)
              found.append(0)
              next += [UInt16](repeating: 0, count: Automaton.width)
            }
            state = Int(next[slot])
          }
          found[state] |= hint.rawValue
        }
      }
      link()
    }

    /// Turns the tree of words into a complete automaton, breadth first.
    private mutating func link() {
      var failure = [Int](repeating: 0, count: found.count)
      var queue = (0..<Automaton.width).map { Int(next[$0]) }.filter { $0 != 0 }
      var head = 0
      while head < queue.count {
        let state = queue[head]
        head += 1
        found[state] |= found[failure[state]]
        for symbol in 0..<Automaton.width {
          let slot = state * Automaton.width + symbol
          let onFailure = Int(next[failure[state] * Automaton.width + symbol])
          if next[slot] == 0 {
            next[slot] = UInt16(onFailure)
          } else {
            failure[Int(next[slot])] = onFailure
            queue.append(Int(next[slot]))
          }
        }
      }
    }

    func hints(in name: UnsafeBufferPointer<UInt8>) -> HTMLHints {
      var state = 0
      var mask: UInt16 = 0
      for byte in name {
        state = Int(next[state * Automaton.width + Automaton.symbol(byte)])
        mask |= found[state]
      }
      return HTMLHints(rawValue: mask)
    }

    /// Letters 1–26, then hyphen, underscore, "2" and everything else.
    @inline(__always)
    private static func symbol(_ byte: UInt8) -> Int {
      if ASCII.isLetter(byte) { return Int(byte | 0x20) - 0x60 }
      switch byte {
      case 0x2D: return 27
      case 0x5F: return 28
      case 0x32: return 29
      default: return 30
      }
    }
  }
}
