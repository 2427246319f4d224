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
    SVGChart.frame(chart, height: height, key: "● stated   ○ planned, rumoured, conditional or an opinion", to: &html) { html in
      scale.write(height: height, to: &html)
      for (index, lane) in lanes.enumerated() {
        SVGChart.text(SVGChart.fitting(lane, width: left - 14), x: 2, y: y(index) + 4, to: &html)
        SVGChart.line("lane", left, y(index), SVGChart.right, y(index), to: &html)
      }
      writePath(places, scale, to: &html)
      var ends: [Int: Int] = [:]
      for place in places {
        // Points that would cover one another move on by their width.
        let x = max(scale.middle(place.point.range), (ends[place.lane] ?? Int.min / 2) + 9)
        ends[place.lane] = x
        SVGChart.link(place.point.anchor, place.point.label, tone: place.point.tone, isFirm: place.point.isFirm, to: &html) { html in
          SVGChart.circle(x, y(place.lane), to: &html)
        }
      }
    }
  }

  private static func y(_ lane: Int) -> Int { lane * laneHeight + laneHeight / 2 + 2 }

  /// Steps from one position to the next: a turn is a line that falls or climbs.
  private static func writePath(_ places: [Chart.Place], _ scale: TimeScale, to html: inout HTMLWriter) {
    let points = places.map { "\(scale.middle($0.point.range)),\(y($0.lane))" }
    guard points.count > 1 else { return }
    html.element("polyline", [.value("class", "path"), .value("points", points.joined(separator: " "))], text: "")
  }
}
