import CLinuxShims
import Glibc

/// Memory that a daemon at rest has no use for.
///
/// A scan touches nearly every page of the program's code; mapped they count as this process's own for as long as nobody else wants the room.
public enum ResidentMemory {
  /// Keeps freed memory in few places, from which it can be given back; to be called before the first thread. More arenas than threads that
  /// allocate at once bring no speed, and each keeps pages of its own half in use.
  public static func keepTogether(processors: Int) { linux_limit_arenas(Int32(clamping: max(2, processors * 2))) }

  /// Gives back the heap's free pages, and unmaps what was read from files and not changed since: the kernel's page cache still has it, and a page
  /// that is needed again comes back with those around it in a microsecond.
  public static func giveBack() {
    linux_malloc_trim()
    for range in cleanMappings() { _ = madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, Int32(MADV_DONTNEED)) }
  }

  /// Private mappings of files that cannot be written and of which no page was: what a linker has filled in, or a debugger has put into code, stands
  /// in no file. Empty where /proc is not there.
  static func cleanMappings() -> [Range<UInt>] {
    guard let file = fopen("/proc/self/smaps", "re") else { return [] }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer {
      free(line)
      fclose(file)
    }
    var found: [Range<UInt>] = []
    var candidate: Range<UInt>?
    while getline(&line, &capacity, file) > 0, let text = line {
      if let mapping = Mapping(text) {
        candidate = mapping.isOfFile && !mapping.isWritable ? mapping.range : nil
      } else if strncmp(text, "Anonymous:", 10) == 0 {
        if let candidate, strtoul(text + 10, nil, 10) == 0 { found.append(candidate) }
        candidate = nil
      }
    }
    return found
  }

  /// The head of an entry: `55646c084000-55646e18d000 r-xp 00000000 00:1f 123   /usr/bin/bellwether`.
  private struct Mapping {
    let range: Range<UInt>
    let isWritable: Bool
    let isOfFile: Bool

    init?(_ text: UnsafeMutablePointer<CChar>) {
      var rest: UnsafeMutablePointer<CChar>?
      let start = strtoul(text, &rest, 16)
      guard let dash = rest, dash.pointee == CChar(UInt8(ascii: "-")) else { return nil }
      let end = strtoul(dash + 1, &rest, 16)
      guard let space = rest, space.pointee == CChar(UInt8(ascii: " ")), start < end else { return nil }
      range = start..<end
      isWritable = space[2] == CChar(UInt8(ascii: "w"))
      isOfFile = space[4] == CChar(UInt8(ascii: "p")) && strchr(space, Int32(UInt8(ascii: "/"))) != nil
    }
  }
}
