import Testing

@testable import Documents

@Suite struct RoleTests {
  private func role(_ text: String) throws -> Block.Role? {
    let body = "# Title\n\n" + String(repeating: "Northwind said that the plant in Oslo would close in May.\n\n", count: 4)
    let document = try DocumentReader.read(Array((body + text + "\n").utf8), hints: ReadingHints(fileName: "n.md"))
    return document.blocks.last?.role
  }

  @Test(arguments: [
    "Subscribe to our newsletter for more.", "Sign up for the weekly newsletter and get it in your inbox.",
    "Follow us on [Twitter](u) and [Facebook](v).",
    "This post is sponsored by Contoso Labs.", "Enjoyed this article? Share it with a friend.",
    "Join our Telegram channel for daily updates.",
  ])
  func `Promotion is set aside`(_ text: String) throws { #expect(try role(text) == .promotion) }

  @Test(arguments: [
    "[Ten more plants that will close this year](u)", "Read more: [Contoso cuts its targets again](u)",
    "Related: [The history of Northwind in ten pictures](u)",
  ])
  func `Teasers for other articles are navigation`(_ text: String) throws { #expect(try role(text) == .navigation) }

  @Test(arguments: [
    "This is not investment advice.", "Disclaimer: the author owns shares of Contoso.", "The views expressed here are my own.",
    "This episode does not constitute investment advice.", "For informational purposes only.",
  ])
  func `Disclaimers are set aside`(_ text: String) throws { #expect(try role(text) == .disclaimer) }

  @Test(arguments: [
    "© 2025 Contoso Media. All rights reserved.", "Copyright 2025 Northwind Post.",
    "This article was originally published on Contoso Daily.",
    "The copyright of this article belongs to its author; reprinted with permission.", "We use cookies to improve this site.",
  ])
  func `Rights and cookies are boilerplate`(_ text: String) throws { #expect(try role(text) == .boilerplate) }

  @Test(arguments: [
    "Subscribers left Contoso in May, its chief executive said.",
    "Northwind asked its customers to follow the plan for the newsletter business.",
    "The company said on Monday that it would sponsor the race again this year.",
    "Copyright law was changed in 2024 after a long debate in parliament about it.",
    "[Contoso said](u) that it had sold its plant in Oslo.", "Sign languages differ from country to country.",
    "Join rates fell to 3% in the second quarter.",
    "Related companies such as Contoso Labs lost money, too.",
    "She bought the company's investment arm, which had given financial advice to banks.",
    "More than 600 people lost their jobs.", "Cookies were banned from its offices in May.",
    "Follow-up studies confirmed the result in 2025.",
    "Listen to the customers was what its founder always said.", "Watch sales grew by 5 percent.",
  ])
  func `An ordinary sentence is never dropped`(_ text: String) throws { #expect(try role(text) == .body) }

  @Test(arguments: [
    "View this email in your browser.", "Filed under: Plants, Grain", "Share on X",
    "You are receiving this email because you signed up at contoso.example.",
    "To unsubscribe or update your preferences, click here.", "Was this forwarded to you?",
    "The post Northwind closes its plant appeared first on Wren Gazette.", "A version of this article appears in print on Sunday.",
    "This story was produced by Harbour Letters and reviewed by the Wren Gazette.", "Manage cookies and choose what you share.",
  ])
  func `Newsletters and feeds have furniture of their own`(_ text: String) throws { #expect(try role(text) == .boilerplate) }

  @Test(arguments: [
    "Sponsored content", "Thanks to our sponsor Contoso Labs for this issue.", "Refer a friend and get a free month.",
    "Paid for by Contoso Labs.", "Claim your free seat at our webinar.", "Book your tickets for our conference now.",
    "Register for the webinar and save your seat.", "Upgrade to a paid subscription and read on.",
  ])
  func `Offers are promotion`(_ text: String) throws { #expect(try role(text) == .promotion) }

  @Test(arguments: [
    "Reserve prices at the auction rose by a third in May.", "Book sales rose by 5 percent in spring.",
    "Northwind holds shares in Contoso Labs.",
    "Supported by its bank, Northwind will open a second plant.", "Contoso changed its privacy settings in May.",
    "The film is distributed by Northwind in all of Europe.", "In partnership with Contoso, Northwind will build the plant.",
    "The board asked him to reject all claims for damages.", "Northwind is the largest buyer of grain in the country.",
    "Sources say the finance chief of Northwind may leave soon.",
  ])
  func `What only begins like furniture is kept`(_ text: String) throws { #expect(try role(text) == .body) }

  @Test func `What a company says of itself below its news is boilerplate`() throws {
    let news = String(repeating: "Northwind said that the plant in Oslo would close in May.\n\n", count: 6)
    let about = "Northwind Labs is a leading global provider of harbour cranes.\n\nNorthwind Labs employs 1,300 people.\n"
    let document = try DocumentReader.read(Array(("# Title\n\n" + news + about).utf8), hints: ReadingHints(fileName: "n.md"))
    #expect(document.blocks.suffix(2).map(\.role) == [.boilerplate, .boilerplate])
    #expect(document.blocks.dropLast(2).allSatisfy { $0.role.isContent })
  }
}
