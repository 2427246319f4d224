import Configuration
import Testing

@testable import PluginHost

@Suite("A circuit") struct CircuitTests {
  static let second: UInt64 = 1_000_000_000

  @Test("doubles its pauses up to five minutes") func doubling() {
    var circuit = Circuit()
    var now: UInt64 = 0
    var pauses: [Int64] = []
    for _ in 0..<12 {
      circuit.failed(now: now, sparing: false, chance: 0)
      let pause = circuit.refusal(now: now)
      pauses.append(pause?.components.seconds ?? 0)
      now += UInt64(pauses.last ?? 0) * CircuitTests.second
      #expect(circuit.refusal(now: now) == nil)
    }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
  }

  @Test("stays closed after one bad document alone") func sparing() {
    var circuit = Circuit()
    circuit.failed(now: 0, sparing: true, chance: 0)
    #expect(circuit.refusal(now: 0) == nil)
    circuit.failed(now: 0, sparing: true, chance: 0)
    #expect(circuit.refusal(now: 0) == .seconds(1))
    circuit.succeeded()
    #expect(circuit.refusal(now: 0) == nil)
    #expect(circuit.failures == 0)
  }

  @Test("shortens pauses by chance, by a quarter at most") func jitter() {
    var circuit = Circuit()
    circuit.failed(now: 0, sparing: false, chance: 1)
    #expect(circuit.refusal(now: 0) == .milliseconds(750))
  }

  @Test("lets one trial through when its pause is over, and opens again when that fails") func halfOpen() {
    var circuit = Circuit()
    circuit.failed(now: 0, sparing: false, chance: 0)
    #expect(circuit.refusal(now: CircuitTests.second) == nil)
    circuit.failed(now: CircuitTests.second, sparing: false, chance: 0)
    #expect(circuit.refusal(now: CircuitTests.second) == .seconds(2))
  }
}

@Suite("A rate limit") struct RateLimiterTests {
  @Test("passes the first of each minute and tells what it held back") func minutes() {
    var limiter = RateLimiter(burst: 2)
    #expect((0..<4).map { _ in limiter.admit(now: 0) } == [.pass, .pass, .hold, .hold])
    #expect(limiter.admit(now: 60_000_000_000) == .passAfter(suppressed: 2))
    #expect(limiter.admit(now: 120_000_000_000) == .pass)
  }
}

@Suite("Hostile JSON") struct JSONParserTests {
  @Test(
    "is refused",
    arguments: [
      ("", "the value is missing at byte 0"), ("NaN", "no JSON value begins so at byte 0"), ("-Infinity", "malformed number at byte 1"),
      ("01", "malformed number"), ("-01", "malformed number"), ("1.", "malformed number"), ("1e", "malformed number"),
      ("1e999", "number out of range"), ("[1,]", "no JSON value begins so"),
      ("[1 2]", "',' or ']' is missing"), ("{\"a\":1,\"a\":2}", "the name \"a\" stands twice at byte 7"), ("{a:1}", "a name is missing"),
      ("{\"a\" 1}", "':' is missing"), ("{\"a\":1", "',' or '}' is missing"), ("{} {}", "something after the end of the value"),
      ("\"abc", "a string without end"),
      ("\"a\u{1}b\"", "a control character inside a string"), ("\"\\x\"", "unknown escape"), ("\"\\u12g4\"", "four hexadecimal digits"),
      ("\"\\ud800\"", "half a surrogate pair"), ("\"\\udc00\"", "half a surrogate pair"), ("\"\\ud800\\u0041\"", "half a surrogate pair"),
      ("truth", "no JSON value begins so"),
      (String(repeating: "[", count: 65), "nested deeper than allowed at byte 64"),
      ("[" + String(repeating: "0,", count: 200_000) + "0]", "more values than allowed"),
    ])
  func refused(_ text: String, _ reason: String) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test("with malformed UTF-8 is refused") func utf8() {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22]) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22]) }
  }

  @Test(
    "is not all there is",
    arguments: [
      ("{\"a\":[1,-2.5,true,null,\"x\\ny\\u00e9\\ud83d\\ude00\"]}", "{\"a\":[1,-2.5,true,null,\"x\\nyé😀\"]}"), (" [ ] ", "[]"), ("0", "0"),
      ("12345678901234567890", "1.2345678901234567e+19"), ("\"\\/\\b\"", "\"/\\u0008\""),
    ])
  func accepted(_ text: String, _ written: String) throws {
    #expect(try JSONValue(parsing: Array(text.utf8)).text == written)
  }

  @Test("cut anywhere never crashes the parser") func cuts() {
    let whole = Array("{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\ud83d\\ude00\"],\"b\":{}}".utf8)
    for end in 0..<whole.count { #expect(throws: JSONError.self) { try JSONValue(parsing: Array(whole[..<end])) } }
  }
}
