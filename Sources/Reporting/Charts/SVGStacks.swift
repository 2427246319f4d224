import Documents

/// What came, above the line, and what went, below it: one square a statement.
enum SVGStacks {
  private static let left = 64
  private static let square = 12
  private static let most = 10

  static func write(_ chart: Chart, _ stacks: [Chart.Stack], up: String, down: String, to html: inout HTMLWriter) {
    guard !stacks.isEmpty else { return }
    let above = min(most, stacks.map(\.up.count).max() ?? 0)
    let below = min(most, stacks.map(\.down.count).max() ?? 0)
    let middle = max(above, 1) * (square + 2) + 16
    let height = middle + max(below, 1) * (square + 2) + 34
    let step = min(60, (SVGChart.right - left) / stacks.count)
    SVGChart.frame(chart, height: height, key: "■ stated · □ planned, rumoured or conditional · one square a statement", to: &html) {
      html in
      SVGChart.text(up, x: 2, y: middle - 8, to: &html)
      SVGChart.text(down, x: 2, y: middle + 16, to: &html)
      SVGChart.line("axis", left, middle, left + step * stacks.count, middle, to: &html)
      var edge = Int.min
      for (index, stack) in stacks.enumerated() {
        let x = left + index * step + 3
        write(stack.up, x: x, middle: middle, direction: -1, to: &html)
        write(stack.down, x: x, middle: middle, direction: 1, to: &html)
        guard x >= edge, x + stack.label.utf8.count * 7 <= SVGChart.width else { continue }
        SVGChart.text(stack.label, x: x, y: height - 6, name: "tick", to: &html)
        edge = x + stack.label.utf8.count * 7 + 6
      }
    }
  }

  /// Beyond the height of the picture the last square says how many more there are.
  private static func write(_ points: [Chart.Point], x: Int, middle: Int, direction: Int, to html: inout HTMLWriter) {
    for (index, point) in points.prefix(most).enumerated() {
      let y = direction < 0 ? middle - (index + 1) * (square + 2) : middle + 2 + index * (square + 2)
      SVGChart.link(point.anchor, point.label, tone: point.tone, isFirm: point.isFirm, to: &html) { html in
        SVGChart.rect(x, y, square, square, to: &html)
      }
    }
    guard points.count > most else { return }
    SVGChart.text(
      "+\(points.count - most)", x: x + square + 2, y: direction < 0 ? middle - most * (square + 2) + 10 : middle + most * (square + 2),
      name: "tick", to: &html)
  }
}
