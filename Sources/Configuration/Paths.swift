/// Paths as people write them in a configuration, made absolute.
enum Paths {
  /// Expands `~`, `$NAME` and `${NAME}`, takes a relative path from `base`, and removes `.`, `..`, doubled and trailing slashes.
  ///
  /// Symbolic links are not followed. The failure is a message without a place.
  static func resolve(_ text: String, base: String, environment: Environment) -> Result<String, PathError> {
    guard !text.utf8.contains(0) else { return .failure(PathError("a path cannot hold a NUL character")) }
    var path = text
    if path == "~" || path.hasPrefix("~/") {
      guard let home = environment.home else { return .failure(PathError("'~' cannot be expanded: $HOME is not set")) }
      path = home + path.dropFirst()
    } else if path.hasPrefix("~") {
      return .failure(PathError("'\(text)': the home of another user must be written out as an absolute path"))
    }
    switch expandVariables(path, environment: environment) {
    case .failure(let error): return .failure(error)
    case .success(let expanded): path = expanded
    }
    return .success(normalized(path.hasPrefix("/") ? path : "\(base)/\(path)"))
  }

  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether `path` is `folder` or lies below it; both normalized.
  static func contains(_ folder: String, _ path: String) -> Bool {
    folder == "/" || path == folder || path.hasPrefix(folder + "/")
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func expandVariables(_ path: String, environment: Environment) -> Result<String, PathError> {
    var out = ""
    var rest = Substring(path)
    while let dollar = rest.firstIndex(of: "$") {
      out += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      let braced = rest.first == "{"
      if braced { rest = rest.dropFirst() }
      let name = String(rest.prefix { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) })
      rest = rest.dropFirst(name.count)
      guard !name.isEmpty, !braced || rest.first == "}" else {
        return .failure(
          PathError("'\(Printable.escaped(path))': after '$' the name of an environment variable is wanted, as in $HOME or ${HOME}"))
      }
      if braced { rest = rest.dropFirst() }
      guard let value = name.hasSuffix("_DIRECTORY") ? environment.directory(name) : environment.variables[name], !value.isEmpty else {
        return .failure(PathError("the environment variable '\(name)' is not set"))
      }
      out += value
    }
    return .success(out + rest)
  }
}

/// Why a path could not be resolved.
struct PathError: Error {
  var message: String
  init(_ message: String) { self.message = message }
}
