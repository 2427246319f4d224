import Testing

@testable import Documents

/// Saved mails.
@Suite struct MailTests {
  private func read(_ text: String, name: String = "note.eml") throws -> Document {
    try DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: name))
  }

  private let headers = """
    From: "Quill, Ada" <ada@example.org>
    To: team@example.org
    Subject: =?UTF-8?Q?Northwind_cuts_deep_=E2=80=94?=
     =?utf-8?B?IGFnYWlu?=
    Date: Fri, 20 Feb 2026 23:30:00 +0100
    MIME-Version: 1.0

    """

  @Test func `a mail has the title, author and day of its headers, and the text of its body`() throws {
    let document = try read(headers + "Content-Type: text/plain; charset=utf-8\n\nNorthwind laid off 240 people.\n\nIt rained.\n")
    #expect(document.title == "Northwind cuts deep — again")
    #expect(document.byline == "Quill, Ada")
    #expect(document.published?.description == "2026-02-20")
    #expect(document.publishedFrom == .mailHeader)
    #expect(document.isConverted)
    #expect(document.text == Array("Northwind laid off 240 people.\nIt rained.\n".utf8))
    #expect(document.source == document.text)
  }

  @Test func `of several versions of the text the plainest is read, in its own letters`() throws {
    let document = try read(
      headers + """
        Content-Type: multipart/mixed; boundary="outer"

        This is for programs of long ago.
        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=ISO-8859-1
        Content-Transfer-Encoding: quoted-printable

        The caf=E9 of Northwind =
        closed.
        --inner
        Content-Type: text/html; charset=utf-8

        <p>Another version.</p>
        --inner--
        --outer
        Content-Type: text/plain
        Content-Disposition: attachment; filename=log.txt

        An attached log.
        --outer--
        """)
    #expect(String(decoding: document.text, as: UTF8.self) == "The café of Northwind closed.\n")
  }

  @Test func `a mail that is a page is read as a page`() throws {
    let page = "<html><body><h1>Northwind</h1><p>Northwind laid off 240 people in February, after a year of growth.</p></body></html>"
    let encoded = "PGh0bWw+PGJvZHk+PHA+Tm9ydGh3aW5kIGxhaWQgb2ZmIDI0MCBwZW9wbGUuPC9wPjwvYm9keT48L2h0bWw+"
    let plain = try read(headers + "Content-Type: text/html\n\n" + page)
    #expect(String(decoding: plain.text, as: UTF8.self).contains("Northwind laid off 240 people in February, after a year of growth."))
    let base64 = try read(headers + "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n\(encoded)\n")
    #expect(String(decoding: base64.text, as: UTF8.self).contains("Northwind laid off 240 people."))
  }

  @Test func `a forwarded mail is read with the one that carries it`() throws {
    let document = try read(
      headers + """
        Content-Type: multipart/mixed; boundary=b

        --b

        See below.
        --b
        Content-Type: message/rfc822

        Subject: Older
        Content-Type: text/plain

        Contoso hired Bo Lind.
        --b--
        """)
    #expect(String(decoding: document.text, as: UTF8.self) == "See below.\nContoso hired Bo Lind.\n")
  }

  @Test(arguments: [
    "", "\n", "no header at all", "Subject\n\nx", "Content-Type: multipart/mixed; boundary=\"\"\n\n--\nx\n",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\nnever closed",
    "Content-Transfer-Encoding: base64\n\n=====", "Content-Transfer-Encoding: quoted-printable\n\na=", "Subject: =?x?Q?\n\n",
    "Subject: =?\n\n",
    "Content-Type: text/plain; charset=no-such-letters\n\ntext",
    String(repeating: "Content-Type: multipart/mixed; boundary=b\n\n--b\n", count: 500),
    String(repeating: "X: y\n", count: 5_000), "Subject: " + String(repeating: "=?utf-8?q?=?=", count: 5_000) + "\n\nx",
  ])
  func `a broken mail is read as far as it goes`(_ text: String) throws {
    let document = try read(text)
    #expect(document.isConverted)
    #expect(String(validating: document.text, as: UTF8.self) != nil)
  }
}
