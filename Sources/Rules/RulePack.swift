import Yams

/// The rules of one plugin: what its `rules/*.yaml` say.
public struct RulePack: Sendable {
  public let plugin: String
  var frames: [Frame]
  var signals: [Signal]
  var records: [RecordRule] = []
  /// The files, for the version of compiled rules and to show a rule as it is written.
  let files: [(name: String, text: String)]
  /// Days that replace the `within` of its signals; nil: as the rules say.
  private(set) var window: Int?

  /// Reads every file; what is wrong disables the rule it stands in, or, where the YAML itself is broken, its file.
  ///
  /// - Parameters:
  ///   - files: path as shown to people, and text.
  ///   - plugin: id of the plugin; prefixes the rules' ids.
  ///   - window: days that replace the `within` of signals that wait for nothing (the plugin's setting `window`); nil: as the rules say.
  public static func load(files: [(name: String, text: String)], plugin: String, window: Int? = nil) -> (
    pack: RulePack, errors: [RuleError]
  ) {
    var pack = RulePack(plugin: plugin, frames: [], signals: [], files: files)
    var errors: [RuleError] = []
    for file in files {
      do throws(RuleError) {
        try pack.read(file.name, file.text, &errors)
      } catch {
        errors.append(error)
      }
    }
    if let window {
      for index in pack.signals.indices where pack.signals[index].within != nil && pack.signals[index].form != .absence {
        pack.signals[index].within = window
      }
      pack.window = window
    }
    return (pack, errors)
  }

  /// The names of the rules in force.
  public var rules: [String] {
    var seen: Set<String> = []
    return (frames.map(\.rule) + records.map(\.rule) + signals.map(\.rule)).filter { seen.insert($0).inserted }
  }

  public var tests: [RuleTest] { frames.flatMap(\.tests) + records.flatMap(\.tests) }

  private mutating func read(_ file: String, _ text: String, _ errors: inout [RuleError]) throws(RuleError) {
    guard let root = try RulePack.compose(file, text) else { return }
    let fields = try RuleNode(node: root, file: file).fields(["words", "frames", "records", "signals"])
    var lists: [String: PatternNode] = [:]
    for (name, value) in try fields["words"]?.entries() ?? [] {
      do throws(RuleError) {
        lists[name] = try value.pattern(lists)
      } catch {
        errors.append(error)
      }
    }
    let frameDecoder = FrameDecoder(plugin: plugin, lists: lists)
    for entry in fields["frames"]?.items() ?? [] {
      do throws(RuleError) {
        frames.append(try frameDecoder.decode(entry))
      } catch {
        errors.append(error)
      }
    }
    let recordDecoder = RecordDecoder(plugin: plugin, lists: lists)
    for entry in fields["records"]?.items() ?? [] {
      do throws(RuleError) {
        records.append(try recordDecoder.decode(entry))
      } catch {
        errors.append(error)
      }
    }
    for entry in fields["signals"]?.items() ?? [] {
      do throws(RuleError) {
        let signal = try SignalDecoder(plugin: plugin).decode(entry)
        if signals.contains(where: { $0.rule == signal.rule }) {
          throw entry.error("a second signal \"\(signal.rule)\"", "give each signal of a plugin its own id")
        }
        signals.append(signal)
      } catch {
        errors.append(error)
      }
    }
  }

  private static func compose(_ file: String, _ text: String) throws(RuleError) -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      var line = 1
      var column = 1
      switch error {
      case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
        line = mark.line
        column = mark.column
      case .duplicatedKeysInMapping(_, let context):
        line = context.mark.line
        column = context.mark.column
      case .reader(_, let offset, _, _):  // a control character, which YAML does not allow
        line += text.prefix(offset ?? 0).count { $0.isNewline }
      default: break
      }
      let offending = String(text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(line - 1).first ?? "")
      throw RuleError(
        file: file, line: line, column: column, rule: nil, text: offending, message: "not valid YAML",
        advice: "check indentation and quote patterns that begin with { [ @ or hold \": \"")
    } catch {
      throw RuleError(
        file: file, line: 1, column: 1, rule: nil, text: "", message: "cannot be read as YAML: \(error)", advice: "save it as UTF-8 text")
    }
  }
}
