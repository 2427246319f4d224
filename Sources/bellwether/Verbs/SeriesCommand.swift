import Analysis
import ArgumentParser
import Configuration
import Documents
import Engine
import Storage

struct SeriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "series", abstract: "Print an organisation's measures by quarter, and the facts behind each.",
    discussion: """
      Research or product, open or closed, people, money, compute, usage, gap to rivals: docs/series.md has the formulas. Only what the notes \
      state, dated to a quarter or finer, counts. The organisation is named by its id, its name or an alias.
      """)

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line.") var json = false
  @Argument(help: "The organisation's id, name or alias.") var entity: String

  func run() throws {
    try guarded {
      let configuration = try options.reach().configuration
      let id = EntityNames.id(of: entity, configuration)
      let series = Series.all(of: try configuration.openStore().facts(subject: id).sorted(by: FactRecord.inOrderOfPublication))
      guard !json else { return try Terminal.out(SeriesCommand.lines(series, id)) }
      guard !series.isEmpty else {
        throw Failure(
          .noInput,
          "no series of '\(entity)': no fact about it is stated and dated to a quarter; `bellwether timeline \(entity)` lists what is known"
        )
      }
      for one in series {
        try Terminal.out(line: one.unit.isEmpty ? one.measure.rawValue : "\(one.measure.rawValue), \(Printable.line(one.unit))")
        for point in one.points {
          let count = point.records.count
          try Terminal.out(line: "  \(point.quarter)  \(SeriesCommand.number(point.value))  (\(count) fact\(count == 1 ? "" : "s"))")
        }
      }
    }
  }

  /// Whole numbers as such, others with two decimals.
  static func number(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return "\(whole)" }
    let hundredths = Int((value * 100).rounded())
    let fraction = abs(hundredths) % 100
    return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  private static func lines(_ series: [Series], _ id: String) -> [UInt8] {
    var json = JSONWriter()
    for one in series {
      json.beginObject()
      json.member("schema", "bellwether.series/v1")
      json.member("entity", id)
      json.member("measure", one.measure.rawValue)
      json.member("unit", one.unit)
      json.key("points")
      json.beginArray()
      for point in one.points {
        json.beginObject()
        json.member("quarter", point.quarter.description)
        json.member("value", point.value)
        json.member("facts", point.records.map(\.fact.id))
        json.endObject()
      }
      json.endArray()
      json.endObject()
      json.newline()
    }
    return json.bytes
  }
}
