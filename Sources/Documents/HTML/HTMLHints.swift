/// What the words of an element's `class` and `id` say about it, found in one pass.
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
  /// Of the page, or of the article: unlikely to hold text, likely to hold its date.
  static let header = HTMLHints(rawValue: 8192)
  static let updated = HTMLHints(rawValue: 4096)

  init(of name: UnsafeBufferPointer<UInt8>) {
    self = HTMLHints(rawValue: UInt16(HTMLHints.automaton.bits(in: name)))
  }

  // Word lists after Mozilla's Readability; "furniture" and "bodyOfArticle" are our own.
  private static let vocabulary: [(HTMLHints, String)] = [
    (
      .unlikely,
      """
      -ad- ai2html banner breadcrumbs combx comment community cover-wrap mw-editsection navbox catlinks printfooter disqus extra footer gdpr legends menu related remark replies rss
      shoutbox sidebar skyscraper social sponsor supplemental ad-break agegate pagination pager popup yom-remote
      """
    ),
    (.header, "header"),
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
    (
      .date,
      "date time publi posted pubdate timestamp stamp meta dateline byline info datum fecha erstellt stand"
    ),
    (.published, "publish pubdate posted entry-date post-date date-posted article-date story-date"),
    (.updated, "update modified lastmod"),
    (
      .furniture,
      """
      newsletter subscribe signup sign-up related recirc recommend read-more readmore most-read mostread popular trending outbrain taboola promo
      teaser sponsor advert -ad- ad-slot adslot ad_ share social follow-us cookie consent paywall author-bio authorbio about-author tag-list taglist
      post-tags article-tags breadcrumb pagination print-only donate navigation jump-to toolbar more-from morefrom also-read
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

  private static let automaton = KeywordAutomaton(
    .names,
    vocabulary.flatMap { hint, words in
      words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map {
        (UInt64(hint.rawValue), String($0))
      }
    })
}
