/// One bar an organisation, of the value it was said to have.
enum SVGBars {
  private static let left = 176
  private static let rowHeight = 26

  static func write(_ chart: Chart, _ bars: [Chart.Bar], to html: inout HTMLWriter) {
    guard let greatest = bars.map(\.value).max(), greatest > 0 else { return }
    let height = bars.count * rowHeight + 10
    SVGChart.frame(chart, height: height, key: "■ stated · □ planned, rumoured or conditional", to: &html) { html in
      for (index, bar) in bars.enumerated() {
        let y = index * rowHeight + 6
        let width = Int(bar.value / greatest * Double(SVGChart.right - left - 170))
        SVGChart.text(SVGChart.fitting(bar.label, width: left - 8), x: 2, y: y + 13, to: &html)
        SVGChart.link(bar.anchor, "\(bar.label): \(bar.text)", tone: .notice, isFirm: bar.isFirm, to: &html) { html in
          SVGChart.rect(left, y, width, 16, to: &html)
        }
        SVGChart.text(bar.text, x: left + max(1, width) + 8, y: y + 13, to: &html)
      }
    }
  }
}
