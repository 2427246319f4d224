/// The first of a list and how many are left out.
struct Capped<Element> {
  var shown: [Element]
  var more: Int

  init(_ all: [Element], limit: Int) {
    // One line over the limit is shown rather than announced: the announcement would take its place.
    shown = all.count <= limit + 1 ? all : Array(all.prefix(limit))
    more = all.count - shown.count
  }

  /// "+12 more alerts; the JSON has all of them."; nil where nothing is left out.
  func note(_ one: String, _ many: String? = nil, whereElse: String = "the JSON has all of them") -> PageText? {
    more == 0 ? nil : PageText("+\(CountText.grouped(more)) more \(more == 1 ? one : many ?? one + "s"); \(whereElse).")
  }
}
