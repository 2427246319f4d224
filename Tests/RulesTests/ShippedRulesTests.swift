import Foundation
import Testing

@testable import Rules

/// Every shipped pack compiles, and every sentence its rules carry behaves.
@Suite struct ShippedRulesTests {
  private static let plugins = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Plugins")

  private static func load() throws -> [(pack: RulePack, errors: [RuleError])] {
    try FileManager.default.contentsOfDirectory(atPath: plugins.path).sorted().map { id in
      let rules = plugins.appendingPathComponent(id).appendingPathComponent("rules")
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: rules.path)) ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
      let files = try names.map {
        (name: "\(id)/rules/\($0)", text: try String(contentsOf: rules.appendingPathComponent($0), encoding: .utf8))
      }
      return RulePack.load(files: files, plugin: id)
    }
  }

  @Test func everyShippedRuleCompiles() throws {
    #expect(try ShippedRulesTests.load().flatMap(\.errors) == [])
  }

  @Test func everyTestOfAShippedRuleHolds() throws {
    let packs = try ShippedRulesTests.load().map(\.pack)
    #expect(packs.flatMap(\.tests).count > 100)
    #expect(RuleTester(packs).run().map(\.description) == [])
  }
}
