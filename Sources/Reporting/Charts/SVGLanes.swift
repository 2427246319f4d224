import Documents

/// Where something stood over time, on named positions: open above closed, research above product.
enum SVGLanes {
  private static let laneHeight = 42
  private static let left = 128

  static func write(_ chart: Chart, _ lanes: [String], _ places: [Chart.Place], to html: inout HTMLWriter) {
    let ranges = places.map(\.point.range)
    guard let start = ranges.map(\.start).min(), let end = ranges.map(\.end).max() else { return }
    let scale = TimeScale(start: start, end: end, left: left)
    let height = lanes.count * laneHeight + 26
    SVGChart.frame(chart, height: height, key: "● stated · ○ planned, rumoured, conditional or an opinion", to: &html) { html in
      scale.write(height: height, to: &html)
      for (index, lane) in lanes.enumerated() {
        SVGChart.text(SVGChart.fitting(lane, width: left - 14), x: 2, y: y(index) + 4, to: &html)
        SVGChart.line("lane", left, y(index), SVGChart.right, y(index), to: &html)
      }
      let placed = positions(places, scale)
      writePath(placed, to: &html)
      for (place, x) in placed {
        SVGChart.link(place.point.anchor, place.point.label, tone: place.point.tone, isFirm: place.point.isFirm, to: &html) { html in
          SVGChart.circle(x, y(place.lane), to: &html)
        }
      }
    }
  }

  private static func y(_ lane: Int) -> Int { lane * laneHeight + laneHeight / 2 + 2 }

  /// From left to right. Points of a lane that would cover one another move on by their width, and back where the picture ends.
  private static func positions(_ places: [Chart.Place], _ scale: TimeScale) -> [(Chart.Place, Int)] {
    var out = places.map { ($0, scale.middle($0.point.range)) }
    let order = out.indices.sorted { (out[$0].1, $0) < (out[$1].1, $1) }
    var edges: [Int: Int] = [:]
    for index in order {
      out[index].1 = max(out[index].1, (edges[out[index].0.lane] ?? Int.min / 2) + 10)
      edges[out[index].0.lane] = out[index].1
    }
    edges = [:]
    for index in order.reversed() {
      out[index].1 = min(out[index].1, (edges[out[index].0.lane] ?? SVGChart.right + 10) - 10)
      edges[out[index].0.lane] = out[index].1
    }
    return out.indices.sorted { (out[$0].1, $0) < (out[$1].1, $1) }.map { out[$0] }
  }

  /// From one position to the next: a turn is a line that falls or climbs.
  private static func writePath(_ places: [(Chart.Place, Int)], to html: inout HTMLWriter) {
    // What is only planned or rumoured is no position yet.
    let points = places.filter { $0.0.point.isFirm }.map { "\($0.1),\(y($0.0.lane))" }
    guard points.count > 1 else { return }
    html.element("polyline", [.value("class", "path"), .value("points", points.joined(separator: " "))], text: "")
  }
}
