import Testing

@testable import Documents

@Suite struct HTMLReadingTests {
  private func read(_ text: String) throws -> Document {
    try DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "page.html"))
  }

  private static let sentence = "Northwind said on Monday, after months of talks, that it would close its plant in Oslo. "
  private static let page = """
    <!DOCTYPE html><html lang="en"><head><title>Northwind closes plant | Contoso Post</title>
    <meta property="og:site_name" content="Contoso Post"><meta name="author" content="Ada Quill">
    <meta property="article:published_time" content="2025-07-23T10:00:00+02:00"></head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/b">Business</a></li></ul></nav>
    <div class="share">Share this</div>
    <article><h1>Northwind closes plant</h1><p class="byline">By Ada Quill</p>
    <p>\(String(repeating: sentence, count: 3))</p>
    <figure><img src="a.jpg"><figcaption>The plant in Oslo.</figcaption></figure>
    <p>\(String(repeating: sentence, count: 3))</p>
    <div class="newsletter-signup"><p>Get our newsletter every morning.</p></div>
    <blockquote><p>We had no choice, and we are sorry for that.</p></blockquote>
    <p>Unclosed paragraph with an &eacute; and &nbsp; spaces, and so on, as it goes.
    <ul><li>First of the reasons, given at length here</li><li>Second of the reasons, also at length</li></ul>
    </article><aside><a href="/x">Other news</a></aside><footer>© 2025 Contoso</footer>
    <script>var tracking = "<p>not text</p>";</script></body></html>
    """

  @Test func `A page gives its main text`() throws {
    let document = try read(Self.page)
    let text = String(decoding: document.text, as: UTF8.self)
    #expect(document.isConverted && document.source == document.text && document.format == .html)
    #expect(text.hasPrefix("Northwind said on Monday"))
    for kept in ["We had no choice", "with an é and", "Second of the reasons"] { #expect(text.contains(kept)) }
    for dropped in ["Home", "Share", "newsletter", "tracking", "not text", "© 2025", "Other news", "By Ada", "The plant in Oslo."] {
      #expect(!text.contains(dropped), Comment(rawValue: dropped))
    }
    #expect(document.blocks.contains { $0.kind == .quotation && $0.role == .quotation })
    #expect(document.blocks.contains { $0.kind == .listItem })
  }

  @Test func `A page says who published it and when`() throws {
    let document = try read(Self.page)
    #expect(document.title == "Northwind closes plant")
    #expect(document.byline == "Ada Quill")
    #expect(document.publisher == "Contoso Post")
    #expect(document.published?.description == "2025-07-23")
    #expect(document.publishedFrom == .metadata)
    #expect(document.language == "en")
  }

  @Test func `JSON-LD is read`() throws {
    let data =
      #"{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Plant \u201cclosed\u201d","datePublished":"2025-07-22","author":[{"name":"Bo Lind"}]}]}"#
    let document = try read(
      "<html><head><script type=\"application/ld+json\">\(data)</script></head><body><p>\(Self.sentence)</p></body></html>")
    #expect(document.title == "Plant “closed”")
    #expect(document.byline == "Bo Lind")
    #expect(document.published?.description == "2025-07-22")
  }

  @Test func `A page that a script was to fill gives the article that JSON-LD declares`() throws {
    let body = String(repeating: Self.sentence, count: 4) + "\\n\\n" + String(repeating: "Contoso Labs will not comment. ", count: 15)
    let data = #"{"@type":"NewsArticle","headline":"Plan","articleBody":""# + body + #""}"#
    let document = try read(
      "<html><head><script type='application/ld+json'>\(data)</script></head><body><p>Loading, please wait.</p></body></html>")
    #expect(document.blocks.count == 2)
    #expect(document.visibleText(document.blocks[1].text).hasPrefix("Contoso Labs will not comment."))
  }

  @Test func `A date in an address that the page gives itself counts`() throws {
    let document = try read(
      "<html><head><link rel=canonical href='https://a.example/2025/07/23/plan'></head><body><p>\(Self.sentence)</p></body></html>")
    #expect(document.published?.description == "2025-07-23")
  }

  @Test(arguments: [
    (
      "<meta property='article:published_time' content='2025-07-23'>",
      "<script type='application/ld+json'>{\"@type\":\"VideoObject\",\"uploadDate\":\"2019-01-02\"}</script>"
    ),
    ("<!-- saved from url=(0041)https://a.example/2025/07/23/plan -->", ""),
    ("", "<h1>The plan of the year</h1><time datetime='2025-07-23'></time>"),
    ("", "<div class='topnav'><time datetime='2025-09-01'></time></div><h1>The plan of the year</h1><div class='date'>July 23, 2025</div>"),
    (
      "<meta property='article:modified_time' content='2025-07-24'>",
      "<p><time datetime='2026-03-01'>On stage</time></p><span class='posted'>23 July 2025</span>"
    ),
    ("<meta name='wren:publishdate' content='2025-07-23'><meta name='expirydate' content='2026-07-23'>", ""),
    ("<meta name='wren-datetime' content='2025-07-23T10:00'>", ""), ("", "<div data-day='2025-07-23'></div>"),
    ("<script>var page = {\"publishDate\": \"2025-07-23T01:02:03\"};</script>", ""),
  ])
  func `A page's date is looked for where pages put it`(head: String, body: String) throws {
    let page =
      "<html><head>\(head)<title>The plan of the year | Wren</title></head><body>\(body)<p>\(String(repeating: Self.sentence, count: 4))</p></body></html>"
    #expect(try read(page).published?.description == "2025-07-23")
  }

  @Test func `Cards that lead to other articles are left out`() throws {
    let card =
      "<div class='card'><a href='/x'><img src='x.jpg'></a><h3><a href='/x'>Ten more plants to see</a></h3><p>They are all in Oslo, and all of them closed.</p></div>"
    let paragraphs = (0..<6).map { _ in "<p>\(Self.sentence)</p>" }.joined()
    let document = try read("<html><body><div class='content'>\(paragraphs)<div>\(card)\(card)\(card)</div></div></body></html>")
    #expect(!String(decoding: document.text, as: UTF8.self).contains("all of them closed"))
  }

  @Test func `Headlines of other articles and counters are left out`() throws {
    let paragraphs = (0..<4).map { _ in "<p>\(Self.sentence)</p>" }.joined()
    let links = (1...3).map { "<ul><li><h4><a href='/\($0)'>Plant number \($0) is closed as well</a></h4></li></ul>" }.joined()
    let document = try read(
      "<html><body><div class='content'><div>2,289</div><div>reads</div>\(paragraphs)<h4>More:</h4>\(links)\(paragraphs)</div></body></html>"
    )
    let text = String(decoding: document.text, as: UTF8.self)
    #expect(!text.contains("closed as well") && !text.contains("More:") && !text.contains("2,289") && !text.contains("reads"))
    #expect(text.hasPrefix("Northwind said on Monday"))
  }

  @Test func `Parts with headings of their own are no cards`() throws {
    let part =
      "<div class='part'><h3>Ten more plants to see</h3><p>They are all in Oslo, and all of them closed. \(Self.sentence)</p></div>"
    let document = try read("<html><body><div class='content'><p>\(Self.sentence)</p><div>\(part)\(part)\(part)</div></div></body></html>")
    #expect(String(decoding: document.text, as: UTF8.self).contains("all of them closed"))
  }

  @Test func `A date in prose is not when a page was published`() throws {
    #expect(try read("<html><body><p>\(Self.sentence) It opened on July 23, 1998, in the rain.</p></body></html>").published == nil)
  }

  @Test(arguments: [
    String(repeating: "<div>", count: 100_000), String(repeating: "</b>", count: 100_000),
    "<p " + (1...40_000).map { "a\($0)=1 " }.joined() + ">x</p>",
    String(repeating: "<a href=x>", count: 20_000), String(repeating: "<table><tr><td>", count: 5_000),
    "<![CDATA[" + String(repeating: "]]", count: 50_000),
    String(repeating: "<!--", count: 50_000), "<script>" + String(repeating: "<", count: 100_000),
    "<p>" + String(repeating: "&", count: 100_000),
    String(repeating: "<ul><li>", count: 10_000), "",
  ])
  func `Hostile pages are read`(_ body: String) throws {
    let document = try read("<html><body><p>\(Self.sentence)</p>" + body)
    #expect(String(validating: document.text, as: UTF8.self) != nil)
  }

  @Test func `Soup of tags is read`() throws {
    let tokens = [
      "<p>", "</p>", "<div class=article>", "</div>", "<ul>", "<li>", "<a href=#>", "</a>", "<table>", "<td>", "text, and more ", "<br>",
      "&amp;", "<", "\"", "<h1>", "</article>", "<script>", "</script>", "<!--", "-->",
    ]
    var state: UInt64 = 7
    for _ in 0..<400 {
      var page = "<html>"
      for _ in 0..<80 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        page += tokens[Int(state >> 33) % tokens.count]
      }
      let document = try read(page)
      #expect(document.blocks.allSatisfy { $0.text.end <= document.text.count && !$0.text.isEmpty })
    }
  }

  @Test func `A short page gives what it calls its main part, not its footer`() throws {
    let text = """
      <html><head><title>Brief</title></head><body><header><a href="/">Menu</a></header><main><h1>Brief: crane approved</h1>
      <p>The board approved a crane.</p><p>Work begins in May.</p></main><footer><p>Contoso Post is published by the Contoso Press
      Company, 1 Harbour Road. All rights reserved, and registered in Oslo.</p></footer></body></html>
      """
    let found = String(decoding: try read(text).text, as: UTF8.self)
    #expect(found.contains("approved a crane") && found.contains("Work begins") && !found.contains("Harbour Road"))
  }

  @Test func `Elements of the page's own making are paragraphs`() throws {
    let paragraphs = (1...9).map { "<story-paragraph>\(Self.sentence)It is the part of number \($0).</story-paragraph>" }.joined()
    let text =
      "<html><body><app-root><site-header><a href=\"/\">Home</a></site-header><story-body>\(paragraphs)</story-body></app-root></body></html>"
    let document = try read(text)
    #expect(document.blocks.count == 9)
    #expect(!String(decoding: document.text, as: UTF8.self).contains("Home"))
  }

  @Test func `A page that a script was to fill is read from its JSON-LD`() throws {
    let text = """
      <html><head><title>Crane approved</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Crane approved",
      "articleBody":"\(String(repeating: Self.sentence, count: 4))"}</script></head><body><div id="root"></div></body></html>
      """
    #expect(String(decoding: try read(text).text, as: UTF8.self).hasPrefix("Northwind said on Monday"))
  }

  @Test func `Words about an author are no byline`() throws {
    let bio = "<div class=\"author-bio\"><p>Ada Quill writes about ports for the Contoso Post. She lives in Oslo.</p></div>"
    let text = "<html><body><article><h1>Crane</h1><p>\(String(repeating: Self.sentence, count: 8))</p>\(bio)</article></body></html>"
    let document = try read(text)
    #expect(document.byline == nil)
    #expect(!String(decoding: document.text, as: UTF8.self).contains("writes about ports"))
  }

  @Test func `Other posts beside the one with the title are left out`() throws {
    let post = "<p>\(String(repeating: Self.sentence, count: 3))</p>"
    let others = (1...4).map { "<article class=\"post\"><h2>Other post \($0)</h2>\(post)<p>Number \($0) of the others.</p></article>" }
      .joined()
    let text =
      "<html><body><div><article class=\"post\"><h1>Crane</h1>\(post)<p>The crane is here.</p></article>\(others)</div></body></html>"
    let found = String(decoding: try read(text).text, as: UTF8.self)
    #expect(found.contains("The crane is here") && !found.contains("of the others"))
  }

  @Test func `What a company says of itself stays in the text, set aside`() throws {
    let body = (1...6).map { "<p>\(Self.sentence)It is the part of number \($0).</p>" }.joined()
    let about = "<h3>About Northwind</h3><p>Northwind builds cranes for ports on four continents and has done so for forty years.</p>"
    let document = try read("<html><body><article><h1>Crane</h1>\(body)\(about)</article></body></html>")
    let last = try #require(document.blocks.last)
    #expect(String(decoding: document.text[last.text.range], as: UTF8.self).hasPrefix("Northwind builds cranes"))
    #expect(last.role == .boilerplate)
  }
}
