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
}
