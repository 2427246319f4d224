import Alerting
import Analysis

/// Metrics in the Prometheus text format, for node_exporter's textfile collector. The names are documented in docs/output.md.
struct Metrics {
  var report: StatusReport
  /// What became of the changes of alerts, by sink.
  var sums: [String: [Disposition: Int]]
  /// Milliseconds since 1970.
  var lastDigests: [(id: String, builtAt: Int64)]

  var text: String {
    var out = ""
    func family(_ name: String, _ kind: String, _ help: String, _ samples: [(labels: [(String, String)], value: Int64)]) {
      guard !samples.isEmpty else { return }
      out += "# HELP bellwether_\(name) \(help)\n# TYPE bellwether_\(name) \(kind)\n"
      for sample in samples {
        let labels = sample.labels.map { "\($0.0)=\"\(Metrics.escaped($0.1))\"" }.joined(separator: ",")
        out += "bellwether_\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)\n"
      }
    }
    func single(_ name: String, _ kind: String, _ help: String, _ value: Int) { family(name, kind, help, [([], Int64(value))]) }
    single("ready", "gauge", "1 where every folder is watched and nothing is wrong.", report.state == "ready" ? 1 : 0)
    single("documents", "gauge", "Notes on record.", report.documents)
    single("notes_failed", "gauge", "Notes that could not be read.", report.failed)
    single("notes_queued", "gauge", "Notes that wait to be read.", report.queued)
    single("watches", "gauge", "Directories that are watched.", report.watches)
    single("missed_changes_total", "counter", "Changes that file events missed and a comparison found, since the start.", report.drift)
    single("event_overflows_total", "counter", "Overflows of the kernel's event queue, since the start.", report.overflows)
    single("alerts_open", "gauge", "Alerts that are open.", report.alertsOpen)
    single("deliveries_owed", "gauge", "Notifications that have not gone out yet.", report.owed)
    single("troubles", "gauge", "What is wrong now.", report.troubles.count)
    family(
      "alert_changes_total", "counter", "Changes of alerts by what became of them at a sink.",
      sums.sorted { $0.key < $1.key }.flatMap { sink, counts in
        Disposition.allCases.compactMap { disposition in
          counts[disposition].map { ([("sink", sink), ("disposition", disposition.rawValue)], Int64($0)) }
        }
      })
    family(
      "plugin_ready", "gauge", "1 where a plugin runs.", report.plugins.map { ([("plugin", $0.id)], $0.state == "ready" ? 1 : 0) })
    family(
      "last_digest_timestamp_seconds", "gauge", "When the last digest was made.",
      lastDigests.map { ([("digest", $0.id)], $0.builtAt / 1000) })
    return out
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
