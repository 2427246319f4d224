import TestSupport
import Testing

@Suite struct BacktestTests {
  private func lines(_ arguments: [String]) throws -> [String] {
    let result = try Command.run(["backtest", "--json", "--config", "\(Command.root)/Examples/bellwether.yaml"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test func `what is published later changes nothing earlier`() throws {
    let notes = "\(Command.root)/Examples/notes"
    let all = try lines([notes])
    #expect(all.count > 4)
    for day in ["2025-10-02", "2026-01-15", "2026-02-20"] {
      let upTo = try lines([notes, "--to", day])
      #expect(Array(all.prefix(upTo.count)) == upTo, "\(day)")
      #expect(upTo.count < all.count)
    }
  }

  @Test func `a note without a publication date is named and left out`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write("Northwind Labs laid off 240 people.\n", to: "\(folder)/undated.md")
      let result = try Command.run(["backtest", "\(folder)/undated.md"])
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("undated.md: left out, it has no publication date"))
    }
  }
}
