import Documents

/// Identities that must be the same on every machine and in every run (Swift's own `Hasher` is seeded per process).
public enum StableHash {
  /// The first 16 hexadecimal digits of SHA-256 over the UTF-8 of `text`.
  public static func hex(of text: String) -> String { String(SHA256.hex(Array(text.utf8)).prefix(16)) }
}
