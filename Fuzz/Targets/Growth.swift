import Glibc

/// Time and memory grow with the input, not with its square.
///
/// The input is a unit (perhaps between a head and a tail, cut at zero bytes) that is repeated to a hundred kilobytes: a parser that
/// takes longer than `budget` for that has found something quadratic.
enum Growth {
  #if DEBUG
    // Tests look at what the parsers say, not at the clock.
    private static let size = 5_000
    private static let budget = Double.infinity
  #else
    private static let size = 100_000
    /// Processor seconds; what is harmless takes a tenth of it in a build for fuzzing.
    private static let budget = 6.0
  #endif

  static func check(_ bytes: [UInt8]) throws {
    guard let selector = bytes.first else { return }
    let parts = bytes.dropFirst().split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map { Array($0) }
    let (head, unit, tail) = parts.count == 3 ? (parts[0], parts[1], parts[2]) : ([], Array(bytes.dropFirst()), [])
    guard !unit.isEmpty else { return }
    var whole = head
    while whole.count < size { whole += unit }
    whole += tail

    let start = processorTime()
    switch selector % 5 {
    case 0: try DocumentPromises.check(whole, as: "note.md")
    case 1: try DocumentPromises.check(whole, as: "note.html")
    case 2: try DocumentPromises.check(whole, as: "note.txt")
    case 3: try LanguagePromises.check(text: whole)
    default: try FormatPromises.check(json: whole)
    }
    let taken = processorTime() - start
    try require(taken < budget, "\(whole.count) bytes made of \(unit.count) took \(taken) s of processor time; the budget is \(budget) s")
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
