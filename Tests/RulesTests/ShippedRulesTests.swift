import Glibc
import Testing

@testable import Rules

/// Every shipped pack compiles, and every sentence its rules carry behaves.
@Suite struct ShippedRulesTests {
  @Test func everyShippedRuleCompiles() {
    let packs = ShippedPacks.load()
    #expect(packs.count > 10)
    #expect(packs.flatMap(\.errors) == [])
  }

  @Test func everyTestOfAShippedRuleHolds() {
    let packs = ShippedPacks.load().map(\.pack)
    #expect(packs.flatMap(\.tests).count > 100)
    #expect(RuleTester(packs).run().map(\.description) == [])
  }
}

/// Reads Plugins/ beside Tests/. Foundation is left out on purpose: its ICU headers and libxml2's do not go together in one module.
enum ShippedPacks {
  static func load() -> [(pack: RulePack, errors: [RuleError])] {
    folders().compactMap { id in
      let rules = "\(root())/Plugins/\(id)/rules"
      let files = names(in: rules).filter { $0.hasSuffix(".yaml") }.map {
        (name: "\(id)/rules/\($0)", text: contents(of: "\(rules)/\($0)"))
      }
      return files.isEmpty ? nil : RulePack.load(files: files, plugin: id)
    }
  }

  static func folders() -> [String] { names(in: root() + "/Plugins") }

  static func root() -> String {
    guard let real = realpath(#filePath, nil) else { return "." }
    defer { free(real) }
    return String(cString: real).split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var all: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { all.append(name) }
    }
    return all.sorted()
  }

  static func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
